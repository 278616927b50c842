import { maximum as maximumOf, type Tensor } from '@jogak/ops';
import type { Mask } from '../base/call-context.js';
import type { LayerOptions } from '../base/layer.js';
import { maskedExtremum } from './masked-extremum.js';
import { Merge } from './merge.js';

/**
 * The largest of its inputs, element by element; what a mask takes out does not count.
 *
 * Inputs of one batch, output of the shape they are broadcast to. No weights.
 *
 * @throws {ShapeError} when the shapes do not fit together
 * @see https://keras.io/api/layers/merging_layers/maximum/
 */
export class Maximum extends Merge {
  static override readonly className = 'Maximum';

  protected override merge(inputs: Tensor[], masks: readonly Mask[]): Tensor {
    return maskedExtremum(inputs, masks, (a, b) => maximumOf(a, b));
  }
}

/** A {@link Maximum} layer. */
export const maximum = (given: LayerOptions = {}): Maximum => new Maximum(given);
