import { add as addTensors, type Tensor } from '@jogak/ops';
import type { LayerOptions } from '../base/layer.js';
import { Merge } from './merge.js';

/**
 * The sum of its inputs, element by element.
 *
 * Inputs of one batch, output of the shape they are broadcast to. No weights.
 *
 * @throws {ShapeError} when the shapes do not fit together
 * @see https://keras.io/api/layers/merging_layers/add/
 */
export class Add extends Merge {
  static override readonly className = 'Add';

  protected override merge(inputs: Tensor[]): Tensor {
    return inputs.reduce((sum, x) => addTensors(sum, x));
  }
}

/** A {@link Add} layer. */
export const add = (given: LayerOptions = {}): Add => new Add(given);
