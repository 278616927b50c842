import { averagePool2d, type Tensor4D } from '@jogak/ops';
import type { LayerTable } from '../base/layer.js';
import { Pooling, type PoolingOptions, poolingTable } from './pooling.js';

/** Options of {@link averagePooling2d}. */
export interface AveragePooling2DOptions extends PoolingOptions {
  poolSize?: number | readonly [height: number, width: number];
  strides?: number | readonly [height: number, width: number];
}

/**
 * The mean of every window along height and width, by channel.
 *
 * Input `[batch, height, width, channels]`, output `[batch, outHeight, outWidth, channels]`. No weights.
 *
 * @throws {ShapeError} when the window does not fit into the input
 * @see https://keras.io/api/layers/pooling_layers/average_pooling2d/
 */
export class AveragePooling2D extends Pooling {
  static override readonly className = 'AveragePooling2D';
  static override readonly options: LayerTable<PoolingOptions> = poolingTable(2);

  protected override pool(x: Tensor4D, size: [number, number], strides: [number, number], padding: 'valid' | 'same'): Tensor4D {
    return averagePool2d(x, size, strides, padding);
  }
}

/** A {@link AveragePooling2D} layer. */
export const averagePooling2d = (given: AveragePooling2DOptions = {}): AveragePooling2D => new AveragePooling2D(given);
