import { maxPool, type Tensor4D } from '@jogak/ops';
import type { LayerTable } from '../base/layer.js';
import { Pooling, type PoolingOptions, poolingTable } from './pooling.js';

/** Options of {@link maxPooling1d}. */
export interface MaxPooling1DOptions extends PoolingOptions {
  poolSize?: number | readonly [steps: number];
  strides?: number | readonly [steps: number];
}

/**
 * The largest value of every window along time, by channel.
 *
 * Input `[batch, steps, channels]`, output `[batch, outSteps, channels]`. No weights.
 *
 * @throws {ShapeError} when the window does not fit into the input
 * @see https://keras.io/api/layers/pooling_layers/max_pooling1d/
 */
export class MaxPooling1D extends Pooling {
  static override readonly className = 'MaxPooling1D';
  static override readonly options: LayerTable<PoolingOptions> = poolingTable(1);

  protected override pool(x: Tensor4D, size: [number, number], strides: [number, number], padding: 'valid' | 'same'): Tensor4D {
    return maxPool(x, size, strides, padding);
  }
}

/** A {@link MaxPooling1D} layer. */
export const maxPooling1d = (given: MaxPooling1DOptions = {}): MaxPooling1D => new MaxPooling1D(given);
