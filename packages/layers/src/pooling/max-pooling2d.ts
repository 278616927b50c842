import { maxPool, type Tensor4D } from '@jogak/ops';
import type { LayerTable } from '../base/layer.js';
import { Pooling, type PoolingOptions, poolingTable } from './pooling.js';

/** Options of {@link maxPooling2d}. */
export interface MaxPooling2DOptions extends PoolingOptions {
  poolSize?: number | readonly [height: number, width: number];
  strides?: number | readonly [height: number, width: number];
}

/**
 * The largest value of every window along height and width, by channel.
 *
 * Input `[batch, height, width, channels]`, output `[batch, outHeight, outWidth, channels]`. No weights.
 *
 * @throws {ShapeError} when the window does not fit into the input
 * @see https://keras.io/api/layers/pooling_layers/max_pooling2d/
 */
export class MaxPooling2D extends Pooling {
  static override readonly className = 'MaxPooling2D';
  static override readonly options: LayerTable<PoolingOptions> = poolingTable(2);

  protected override pool(x: Tensor4D, size: [number, number], strides: [number, number], padding: 'valid' | 'same'): Tensor4D {
    return maxPool(x, size, strides, padding);
  }
}

/** A {@link MaxPooling2D} layer. */
export const maxPooling2d = (given: MaxPooling2DOptions = {}): MaxPooling2D => new MaxPooling2D(given);
