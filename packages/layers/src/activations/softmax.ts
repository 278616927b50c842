import { activations, exp, fill, logSumExp, ShapeError, sub, type Tensor, where, zerosLike } from '@jogak/ops';
import { asFloat } from '../base/as-float.js';
import { axesOption, resolveAxes } from '../base/axes-option.js';
import { type CallContext, onlyMask } from '../base/call-context.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { showShape } from '../base/shape.js';

/** Options of {@link softmax}. */
export interface SoftmaxOptions extends LayerOptions {
  /** Axis, or axes together, along which the outputs sum to 1. @default -1 */
  axis?: number | readonly number[];
}

/**
 * `eˣ / Σ eˣ` along an axis.
 *
 * Input and output of any one shape. No weights. What a mask takes out counts nothing and gets 0; the mask is of the input's shape, or
 * of one that fits it by its last axes.
 *
 * @see https://keras.io/api/layers/activation_layers/softmax/
 */
export class Softmax extends Layer<SoftmaxOptions> {
  static override readonly className = 'Softmax';
  static override readonly options: LayerTable<SoftmaxOptions> = { axis: axesOption([-1]) };
  override supportsMasking = true;

  override call(inputs: Tensor, context: CallContext): Tensor {
    const axes = resolveAxes(this.config.axis, inputs.shape, this.describe());
    const x = asFloat(inputs);
    const mask = onlyMask(context.mask);
    if (!mask) return softmaxAlong(x, axes);
    const offset = x.rank - mask.rank;
    if (offset < 0 || mask.shape.some((size, axis) => size !== 1 && size !== x.shape[offset + axis])) {
      throw new ShapeError(
        `${this.describe()} needs a mask that fits the last axes of its input; got ${showShape(mask.shape)} for ${showShape(x.shape)}`,
      );
    }
    return where(mask, softmaxAlong(where(mask, x, fill(x.shape, -1e30)), axes), zerosLike(x));
  }
}

function softmaxAlong(x: Tensor, axes: number[]): Tensor {
  return axes.length === 1 ? activations.softmax(x, { axis: axes[0] as number }) : exp(sub(x, logSumExp(x, axes, true)));
}

/** A {@link Softmax} layer. */
export const softmax = (given: SoftmaxOptions = {}): Softmax => new Softmax(given);
