import { options, type Tensor } from '@jogak/ops';
import { type ActivationLike, activationOption } from '../base/activation-option.js';
import { asFloat } from '../base/as-float.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';

/** Options of {@link activation}. */
export interface ActivationOptions extends LayerOptions {
  activation: ActivationLike;
}

/**
 * An activation as a layer of its own.
 *
 * Input and output of any one shape. No weights.
 *
 * @see https://keras.io/api/layers/core_layers/activation/
 */
export class Activation extends Layer<ActivationOptions> {
  static override readonly className = 'Activation';
  static override readonly options: LayerTable<ActivationOptions> = { activation: options.required(activationOption('linear')) };
  override supportsMasking = true;

  override call(x: Tensor): Tensor {
    return this.config.activation(asFloat(x));
  }
}

/** An {@link Activation} layer. */
export const activation = (given: ActivationOptions): Activation => new Activation(given);
