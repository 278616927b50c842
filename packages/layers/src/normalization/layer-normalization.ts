import { normalizeLayer, type Parameter, ShapeError, type Tensor } from '@jogak/ops';
import { asFloat } from '../base/as-float.js';
import { axesOption, resolveAxes } from '../base/axes-option.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { type Shape, showShape } from '../base/shape.js';
import { type ScaleAndCenterOptions, scaleAndCenterTable } from './scale-and-center.js';

/** Options of {@link layerNormalization}. */
export interface LayerNormalizationOptions extends LayerOptions, ScaleAndCenterOptions {
  /** Axis, or axes, over which mean and variance are taken, and along which `gamma` and `beta` have values. @default -1 */
  axis?: number | readonly number[];
}

/**
 * Brings each sample to mean 0 and variance 1, and gives it a scale and a center that are learned:
 * `(x − mean) / √(variance + epsilon) · gamma + beta`.
 *
 * Input and output of any one shape. Weights: `gamma` if `scale`, `beta` if `center`, of the sizes of the axes.
 *
 * @throws {ShapeError} when an axis is not there, or its size is unknown
 * @see Ba, Kiros and Hinton, "Layer normalization", 2016; https://keras.io/api/layers/normalization_layers/layer_normalization/
 */
export class LayerNormalization extends Layer<LayerNormalizationOptions> {
  static override readonly className = 'LayerNormalization';
  static override readonly options: LayerTable<LayerNormalizationOptions> = { axis: axesOption([-1]), ...scaleAndCenterTable };
  override supportsMasking = true;
  private gamma: Parameter | null = null;
  private beta: Parameter | null = null;

  override build(inputShape: Shape): void {
    const { scale, center } = this.config;
    const axes = resolveAxes(this.config.axis, inputShape, this.describe());
    const shape = axes.map(axis => {
      const size = inputShape[axis];
      if (typeof size !== 'number')
        throw new ShapeError(`${this.describe()} needs to know the size of axis ${axis}; got ${showShape(inputShape)}`);
      return size;
    });
    if (scale) this.gamma = this.addWeight({ name: 'gamma', shape, like: 'gamma' });
    if (center) this.beta = this.addWeight({ name: 'beta', shape, like: 'beta' });
    this.inputSpec = { rank: inputShape.length, axes: Object.fromEntries(axes.map((axis, index) => [axis, shape[index] as number])) };
  }

  override call(inputs: Tensor): Tensor {
    const x = asFloat(inputs);
    const axes = resolveAxes(this.config.axis, x.shape, this.describe());
    return normalizeLayer(x, this.gamma?.value ?? null, this.beta?.value ?? null, axes, this.config.epsilon);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    resolveAxes(this.config.axis, inputShape, this.describe());
    return inputShape;
  }
}

/** A {@link LayerNormalization} layer. */
export const layerNormalization = (given: LayerNormalizationOptions = {}): LayerNormalization => new LayerNormalization(given);
