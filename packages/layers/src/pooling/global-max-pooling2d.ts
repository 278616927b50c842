import { max, type Tensor } from '@jogak/ops';
import type { LayerTable } from '../base/layer.js';
import { GlobalPooling, type GlobalPoolingOptions, globalPoolingTable } from './global-pooling.js';

/**
 * The largest value of all pixels, by channel.
 *
 * Input `[batch, height, width, channels]`, output `[batch, channels]`, or `[batch, 1, 1, channels]` with `keepdims`. No weights.
 *
 * @see https://keras.io/api/layers/pooling_layers/global_max_pooling2d/
 */
export class GlobalMaxPooling2D extends GlobalPooling {
  static override readonly className = 'GlobalMaxPooling2D';
  static override readonly options: LayerTable<GlobalPoolingOptions> = globalPoolingTable;
  protected override readonly spatialRank = 2;

  protected override pool(x: Tensor, axes: number[], keepdims: boolean): Tensor {
    return max(x, axes, keepdims);
  }
}

/** A {@link GlobalMaxPooling2D} layer. */
export const globalMaxPooling2d = (given: GlobalPoolingOptions = {}): GlobalMaxPooling2D => new GlobalMaxPooling2D(given);
