import { minimum as minimumOf, type Tensor } from '@jogak/ops';
import type { Mask } from '../base/call-context.js';
import type { LayerOptions } from '../base/layer.js';
import { maskedExtremum } from './masked-extremum.js';
import { Merge } from './merge.js';

/**
 * The smallest of its inputs, element by element; what a mask takes out does not count.
 *
 * Inputs of one batch, output of the shape they are broadcast to. No weights.
 *
 * @throws {ShapeError} when the shapes do not fit together
 * @see https://keras.io/api/layers/merging_layers/minimum/
 */
export class Minimum extends Merge {
  static override readonly className = 'Minimum';

  protected override merge(inputs: Tensor[], masks: readonly Mask[]): Tensor {
    return maskedExtremum(inputs, masks, (a, b) => minimumOf(a, b));
  }
}

/** A {@link Minimum} layer. */
export const minimum = (given: LayerOptions = {}): Minimum => new Minimum(given);
