import { averagePool2d, type Tensor4D } from '@jogak/ops';
import type { LayerTable } from '../base/layer.js';
import { Pooling, type PoolingOptions, poolingTable } from './pooling.js';

/** Options of {@link averagePooling1d}. */
export interface AveragePooling1DOptions extends PoolingOptions {
  poolSize?: number | readonly [steps: number];
  strides?: number | readonly [steps: number];
}

/**
 * The mean of every window along time, by channel.
 *
 * Input `[batch, steps, channels]`, output `[batch, outSteps, channels]`. No weights.
 *
 * @throws {ShapeError} when the window does not fit into the input
 * @see https://keras.io/api/layers/pooling_layers/average_pooling1d/
 */
export class AveragePooling1D extends Pooling {
  static override readonly className = 'AveragePooling1D';
  static override readonly options: LayerTable<PoolingOptions> = poolingTable(1);

  protected override pool(x: Tensor4D, size: [number, number], strides: [number, number], padding: 'valid' | 'same'): Tensor4D {
    return averagePool2d(x, size, strides, padding);
  }
}

/** A {@link AveragePooling1D} layer. */
export const averagePooling1d = (given: AveragePooling1DOptions = {}): AveragePooling1D => new AveragePooling1D(given);
