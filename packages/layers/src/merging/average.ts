import { add, div, type Tensor } from '@jogak/ops';
import type { LayerOptions } from '../base/layer.js';
import { Merge } from './merge.js';

/**
 * The mean of its inputs, element by element.
 *
 * Inputs of one batch, output of the shape they are broadcast to. No weights.
 *
 * @throws {ShapeError} when the shapes do not fit together
 * @see https://keras.io/api/layers/merging_layers/average/
 */
export class Average extends Merge {
  static override readonly className = 'Average';

  protected override merge(inputs: Tensor[]): Tensor {
    return div(
      inputs.reduce((sum, x) => add(sum, x)),
      inputs.length,
    );
  }
}

/** A {@link Average} layer. */
export const average = (given: LayerOptions = {}): Average => new Average(given);
