import { activations, options, type Tensor } from '@jogak/ops';
import { asFloat } from '../base/as-float.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';

/** Options of {@link reLU}. */
export interface ReLUOptions extends LayerOptions {
  /** Largest value, null for none. @default null */
  maxValue?: number | null;
  /** Slope below the threshold. @default 0 */
  negativeSlope?: number;
  /** Values up to it are treated as negative. @default 0 */
  threshold?: number;
}

/**
 * Rectified linear unit: `min(x, maxValue)` where `x > threshold`, else `negativeSlope · (x − threshold)`.
 *
 * Input and output of any one shape. No weights.
 *
 * @see https://keras.io/api/layers/activation_layers/relu/
 */
export class ReLU extends Layer<ReLUOptions> {
  static override readonly className = 'ReLU';
  static override readonly options: LayerTable<ReLUOptions> = {
    maxValue: options.nullable(options.number(undefined, { min: 0 })),
    negativeSlope: options.number(0, { min: 0 }),
    threshold: options.number(0, { min: 0 }),
  };
  override supportsMasking = true;

  override call(x: Tensor): Tensor {
    return activations.relu(asFloat(x), this.config);
  }
}

/** A {@link ReLU} layer. */
export const reLU = (given: ReLUOptions = {}): ReLU => new ReLU(given);
