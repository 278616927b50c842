import { activations, options, type Tensor } from '@jogak/ops';
import { asFloat } from '../base/as-float.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';

/** Options of {@link leakyReLU}. */
export interface LeakyReLUOptions extends LayerOptions {
  /** Slope below 0. @default 0.3 */
  negativeSlope?: number;
}

/** The slope under the name that tfjs-layers gives it. */
interface SlopeAsAlpha {
  /** Another name of `negativeSlope`. */
  alpha?: number;
}

/**
 * Leaky rectified linear unit: `x` where positive, else `negativeSlope · x`.
 *
 * Input and output of any one shape. No weights.
 *
 * @see https://keras.io/api/layers/activation_layers/leaky_relu/
 */
export class LeakyReLU extends Layer<LeakyReLUOptions> {
  static override readonly className = 'LeakyReLU';
  static override readonly options: LayerTable<LeakyReLUOptions> = { negativeSlope: options.number(0.3, { min: 0 }) };
  override supportsMasking = true;

  constructor(given: LeakyReLUOptions & SlopeAsAlpha) {
    const { alpha, ...rest } = given;
    super(alpha === undefined || 'negativeSlope' in rest ? given : { ...rest, negativeSlope: alpha });
  }

  override call(x: Tensor): Tensor {
    return activations.leakyRelu(asFloat(x), this.config);
  }
}

/** A {@link LeakyReLU} layer. */
export const leakyReLU = (given: LeakyReLUOptions & SlopeAsAlpha = {}): LeakyReLU => new LeakyReLU(given);
