import { mean, type Tensor } from '@jogak/ops';
import type { LayerTable } from '../base/layer.js';
import { GlobalPooling, type GlobalPoolingOptions, globalPoolingTable } from './global-pooling.js';

/**
 * The mean of all pixels, by channel.
 *
 * Input `[batch, height, width, channels]`, output `[batch, channels]`, or `[batch, 1, 1, channels]` with `keepdims`. No weights.
 *
 * @see https://keras.io/api/layers/pooling_layers/global_average_pooling2d/
 */
export class GlobalAveragePooling2D extends GlobalPooling {
  static override readonly className = 'GlobalAveragePooling2D';
  static override readonly options: LayerTable<GlobalPoolingOptions> = globalPoolingTable;
  protected override readonly spatialRank = 2;

  protected override pool(x: Tensor, axes: number[], keepdims: boolean): Tensor {
    return mean(x, axes, keepdims);
  }
}

/** A {@link GlobalAveragePooling2D} layer. */
export const globalAveragePooling2d = (given: GlobalPoolingOptions = {}): GlobalAveragePooling2D => new GlobalAveragePooling2D(given);
