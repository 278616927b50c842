import { add, mul, type Option, options, type Tensor, tensor } from '@jogak/ops';
import { asFloat } from '../base/as-float.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';

/** Options of {@link rescaling}. */
export interface RescalingOptions extends LayerOptions {
  /** What the input is multiplied by: one number, or one for each channel. */
  scale: number | readonly number[];
  /** What is added then: one number, or one for each channel. @default 0 */
  offset?: number | readonly number[];
}

/** A number, or a list of them; written as it was given. */
function numbersOption(defaultValue?: readonly number[]): Option<readonly number[]> {
  return {
    required: defaultValue === undefined,
    ...(defaultValue === undefined ? {} : { default: defaultValue }),
    parse: value => {
      const list = typeof value === 'number' ? [value] : value;
      if (!Array.isArray(list) || list.length === 0 || !list.every(Number.isFinite))
        throw new options.Expected('a number, or one for each channel');
      return [...list];
    },
    serialize: value => (value.length === 1 ? (value[0] as number) : value),
  };
}

/**
 * `x · scale + offset`: `scale: 1 / 255` makes numbers from 0 to 1 of pixels.
 *
 * Input of any shape and dtype, output the same shape, `float32`. No weights.
 *
 * @see https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/
 */
export class Rescaling extends Layer<RescalingOptions> {
  static override readonly className = 'Rescaling';
  static override readonly options: LayerTable<RescalingOptions> = { scale: numbersOption(), offset: numbersOption([0]) };
  override supportsMasking = true;

  override call(x: Tensor): Tensor {
    const { scale, offset } = this.config;
    const factor = (values: readonly number[]): Tensor | number => (values.length === 1 ? (values[0] as number) : tensor([...values]));
    return add(mul(asFloat(x), factor(scale)), factor(offset));
  }
}

/** A {@link Rescaling} layer. */
export const rescaling = (given: RescalingOptions): Rescaling => new Rescaling(given);
