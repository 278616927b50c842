import { reshape, type Tensor } from '@jogak/ops';
import { Layer, type LayerOptions } from '../base/layer.js';
import { checkShape, type Shape } from '../base/shape.js';

/**
 * One axis of all axes but the batch.
 *
 * Input `[batch, …]`, output `[batch, size]`, in row-major order.
 *
 * @see https://keras.io/api/layers/reshaping_layers/flatten/
 */
export class Flatten extends Layer {
  static override readonly className = 'Flatten';

  override call(x: Tensor): Tensor {
    return reshape(x, [x.shape[0] as number, -1]);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    checkShape(inputShape, { minRank: 1, meaning: '[batch, …]' }, this.describe());
    const sizes = inputShape.slice(1);
    return [inputShape[0] ?? null, sizes.includes(null) ? null : sizes.reduce<number>((product, size) => product * (size as number), 1)];
  }
}

/** A {@link Flatten} layer. */
export const flatten = (given: LayerOptions = {}): Flatten => new Flatten(given);
