import { any, cast, expandDims, mul, notEqual, options, type Tensor } from '@jogak/ops';
import { asFloat } from '../base/as-float.js';
import type { Mask } from '../base/call-context.js';
import { detached } from '../base/detached.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';

/** Options of {@link masking}. */
export interface MaskingOptions extends LayerOptions {
  /** @default 0 */
  maskValue?: number;
}

/**
 * Masks the steps all of whose features are `maskValue`, so that the layers after it pass over them, and sets them to zero.
 *
 * Input and output `[batch, time, features]`, mask `[batch, time]`: true where a step counts. No weights.
 *
 * @see https://keras.io/api/layers/core_layers/masking/
 */
export class Masking extends Layer<MaskingOptions> {
  static override readonly className = 'Masking';
  static override readonly options: LayerTable<MaskingOptions> = { maskValue: options.number(0) };
  override supportsMasking = true;

  override call(x: Tensor): Tensor {
    return mul(asFloat(x), cast(expandDims(this.counts(x), -1), 'float32'));
  }

  override computeMask(x: Tensor): Mask {
    return this.counts(x);
  }

  private counts(x: Tensor): Tensor {
    return detached(() => any(notEqual(asFloat(x), this.config.maskValue), -1));
  }
}

/** A {@link Masking} layer. */
export const masking = (given: MaskingOptions = {}): Masking => new Masking(given);
