import { ShapeError, sub, type Tensor } from '@jogak/ops';
import type { LayerOptions } from '../base/layer.js';
import type { Shape } from '../base/shape.js';
import { Merge, shapesOf } from './merge.js';

/**
 * The first of two inputs minus the second, element by element.
 *
 * Inputs of one batch, output of the shape they are broadcast to. No weights.
 *
 * @throws {ShapeError} when the shapes do not fit together
 * @see https://keras.io/api/layers/merging_layers/subtract/
 */
export class Subtract extends Merge {
  static override readonly className = 'Subtract';

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const { length } = shapesOf(inputShape, this.describe());
    if (length !== 2) throw new ShapeError(`${this.describe()} needs two inputs; got ${length}`);
    return super.computeOutputShape(inputShape);
  }

  protected override merge([a, b]: Tensor[]): Tensor {
    return sub(a as Tensor, b as Tensor);
  }
}

/** A {@link Subtract} layer. */
export const subtract = (given: LayerOptions = {}): Subtract => new Subtract(given);
