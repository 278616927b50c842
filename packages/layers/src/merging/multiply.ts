import { expandDims, logicalOr, mul, onesLike, type Tensor, where, zerosLike } from '@jogak/ops';
import type { Mask } from '../base/call-context.js';
import type { LayerOptions } from '../base/layer.js';
import { Merge } from './merge.js';

/**
 * The product of its inputs, element by element; what a mask takes out counts as 1, and is 0 where every input has it masked.
 *
 * Inputs of one batch, output of the shape they are broadcast to. No weights.
 *
 * @throws {ShapeError} when the shapes do not fit together
 * @see https://keras.io/api/layers/merging_layers/multiply/
 */
export class Multiply extends Merge {
  static override readonly className = 'Multiply';

  protected override merge(inputs: Tensor[], masks: readonly Mask[]): Tensor {
    const expanded = masks.map(mask => mask && expandDims(mask, -1));
    const factors = inputs.map((x, index) => (expanded[index] ? where(expanded[index], x, onesLike(x)) : x));
    const product = factors.reduce((total, x) => mul(total, x));
    const counts = expanded.reduce((either, other) => (either && other ? logicalOr(either, other) : null));
    return counts ? where(counts, product, zerosLike(product)) : product;
  }
}

/** A {@link Multiply} layer. */
export const multiply = (given: LayerOptions = {}): Multiply => new Multiply(given);
