import { cast, div, expandDims, maximum, mean, sum, type Tensor, where, zerosLike } from '@jogak/ops';
import { type CallContext, onlyMask } from '../base/call-context.js';
import type { LayerTable } from '../base/layer.js';
import { GlobalPooling, type GlobalPoolingOptions, globalPoolingTable } from './global-pooling.js';

/**
 * The mean of all steps, by channel; of those that a mask leaves, where there is one, and 0 where it leaves none.
 *
 * Input `[batch, steps, channels]`, output `[batch, channels]`, or `[batch, 1, channels]` with `keepdims`. No weights. The mask ends here.
 *
 * @see https://keras.io/api/layers/pooling_layers/global_average_pooling1d/
 */
export class GlobalAveragePooling1D extends GlobalPooling {
  static override readonly className = 'GlobalAveragePooling1D';
  static override readonly options: LayerTable<GlobalPoolingOptions> = globalPoolingTable;
  protected override readonly spatialRank = 1;

  protected override pool(x: Tensor, axes: number[], keepdims: boolean, context: CallContext): Tensor {
    const mask = onlyMask(context.mask);
    if (!mask) return mean(x, axes, keepdims);
    const steps = expandDims(mask, 2);
    const total = sum(where(steps, x, zerosLike(x)), axes, keepdims);
    return div(total, maximum(sum(cast(steps, 'float32'), axes, keepdims), 1));
  }

  override computeMask(): null {
    return null;
  }
}

/** A {@link GlobalAveragePooling1D} layer. */
export const globalAveragePooling1d = (given: GlobalPoolingOptions = {}): GlobalAveragePooling1D => new GlobalAveragePooling1D(given);
