import { max, type Tensor } from '@jogak/ops';
import type { LayerTable } from '../base/layer.js';
import { GlobalPooling, type GlobalPoolingOptions, globalPoolingTable } from './global-pooling.js';

/**
 * The largest value of all steps, by channel.
 *
 * Input `[batch, steps, channels]`, output `[batch, channels]`, or `[batch, 1, channels]` with `keepdims`. No weights.
 *
 * @see https://keras.io/api/layers/pooling_layers/global_max_pooling1d/
 */
export class GlobalMaxPooling1D extends GlobalPooling {
  static override readonly className = 'GlobalMaxPooling1D';
  static override readonly options: LayerTable<GlobalPoolingOptions> = globalPoolingTable;
  protected override readonly spatialRank = 1;

  protected override pool(x: Tensor, axes: number[], keepdims: boolean): Tensor {
    return max(x, axes, keepdims);
  }
}

/** A {@link GlobalMaxPooling1D} layer. */
export const globalMaxPooling1d = (given: GlobalPoolingOptions = {}): GlobalMaxPooling1D => new GlobalMaxPooling1D(given);
