import { activations, options, type Tensor } from '@jogak/ops';
import { asFloat } from '../base/as-float.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';

/** Options of {@link elu}. */
export interface ELUOptions extends LayerOptions {
  /** Minus the value that is approached for very negative inputs. @default 1 */
  alpha?: number;
}

/**
 * Exponential linear unit: `x` where positive, else `alpha · (eˣ − 1)`.
 *
 * Input and output of any one shape. No weights.
 *
 * @see https://keras.io/api/layers/activation_layers/elu/
 */
export class ELU extends Layer<ELUOptions> {
  static override readonly className = 'ELU';
  static override readonly options: LayerTable<ELUOptions> = { alpha: options.number(1) };
  override supportsMasking = true;

  override call(x: Tensor): Tensor {
    return activations.elu(asFloat(x), this.config);
  }
}

/** An {@link ELU} layer. */
export const elu = (given: ELUOptions = {}): ELU => new ELU(given);
