import {
  add,
  batchNorm,
  broadcastTo,
  cast,
  div,
  expandDims,
  mul,
  normalizeBatch,
  options,
  type Parameter,
  reshape,
  rsqrt,
  ShapeError,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor4D,
  where,
  zerosLike,
} from '@jogak/ops';
import { asFloat } from '../base/as-float.js';
import { resolveAxes } from '../base/axes-option.js';
import { type CallContext, type Mask, onlyMask } from '../base/call-context.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { type Shape, showShape } from '../base/shape.js';
import { type InitializerLike, initializerTable } from '../initializers/index.js';
import { type ScaleAndCenterOptions, scaleAndCenter, scaleAndCenterTable } from './scale-and-center.js';

/** Options of {@link batchNormalization}. */
export interface BatchNormalizationOptions extends LayerOptions, ScaleAndCenterOptions {
  /** Axis of the channels, each of which is normalized for itself. @default -1 */
  axis?: number;
  /** How much of a moving average stays at each step of training. @default 0.99 */
  momentum?: number;
  /** @default 'zeros' */
  movingMeanInitializer?: InitializerLike;
  /** @default 'ones' */
  movingVarianceInitializer?: InitializerLike;
}

/**
 * Brings each channel to mean 0 and variance 1, and gives it a scale and a center that are learned:
 * `(x − mean) / √(variance + epsilon) · gamma + beta`.
 *
 * While training, mean and variance are the batch's (of the steps that a mask leaves), and moving averages of them are kept; at all
 * other times, and while the layer is not trainable, they are those averages.
 *
 * Input and output of any one shape. Weights, all `[channels]`: `gamma` if `scale`, `beta` if `center`, then `moving_mean` and
 * `moving_variance`, which training leaves to the layer.
 *
 * @throws {ShapeError} when the axis is not there, its size is unknown, or a mask has not one axis less than the input
 * @see Ioffe and Szegedy, "Batch normalization", 2015; https://keras.io/api/layers/normalization_layers/batch_normalization/
 */
export class BatchNormalization extends Layer<BatchNormalizationOptions> {
  static override readonly className = 'BatchNormalization';
  static override readonly options: LayerTable<BatchNormalizationOptions> = {
    axis: options.integer(-1),
    momentum: options.number(0.99, { min: 0, max: 1 }),
    ...scaleAndCenterTable,
    movingMeanInitializer: initializerTable.option('zeros'),
    movingVarianceInitializer: initializerTable.option('ones'),
  };
  override supportsMasking = true;
  private gamma: Parameter | null = null;
  private beta: Parameter | null = null;
  private movingMean!: Parameter;
  private movingVariance!: Parameter;

  override build(inputShape: Shape): void {
    const { scale, center } = this.config;
    const axis = this.channelAxis(inputShape);
    const channels = inputShape[axis];
    if (typeof channels !== 'number')
      throw new ShapeError(`${this.describe()} needs to know the size of axis ${axis}; got ${showShape(inputShape)}`);
    const shape = [channels];
    if (scale) this.gamma = this.addWeight({ name: 'gamma', shape, like: 'gamma' });
    if (center) this.beta = this.addWeight({ name: 'beta', shape, like: 'beta' });
    this.movingMean = this.addWeight({ name: 'moving_mean', shape, like: 'movingMean', trainable: false });
    this.movingVariance = this.addWeight({ name: 'moving_variance', shape, like: 'movingVariance', trainable: false });
    this.inputSpec = { rank: inputShape.length, axes: { [axis]: channels } };
  }

  override call(inputs: Tensor, context: CallContext): Tensor {
    const x = asFloat(inputs);
    const axis = this.channelAxis(x.shape);
    // Statistics in this shape fit x whichever axis the channels are.
    const shape = x.shape.map((size, other) => (other === axis ? size : 1));
    const normalize = (centered: Tensor, variance: Tensor): Tensor =>
      scaleAndCenter(mul(centered, rsqrt(add(variance, this.config.epsilon))), this.gamma, this.beta, shape);
    if (!context.training || !this.trainable) {
      // One kernel, which knows channels on the last of up to four axes.
      if (axis === x.rank - 1 && x.rank <= 4) {
        const { movingMean, movingVariance, gamma, beta } = this;
        return batchNorm(x as Tensor4D, movingMean.value, movingVariance.value, beta?.value, gamma?.value, this.config.epsilon);
      }
      return normalize(sub(x, reshape(this.movingMean.value, shape)), reshape(this.movingVariance.value, shape));
    }
    const mask = onlyMask(context.mask);
    if (!mask) {
      const { y, mean, variance } = normalizeBatch(x, this.gamma?.value ?? null, this.beta?.value ?? null, axis, this.config.epsilon);
      this.keep(this.movingMean, mean);
      this.keep(this.movingVariance, variance);
      return y;
    }
    const axes = x.shape.map((_, other) => other).filter(other => other !== axis);
    const average = this.maskedAverage(x, mask, axes);
    const batchMean = average(x);
    const centered = sub(x, batchMean);
    const batchVariance = average(square(centered));
    this.keep(this.movingMean, batchMean);
    this.keep(this.movingVariance, batchVariance);
    return normalize(centered, batchVariance);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    this.channelAxis(inputShape);
    return inputShape;
  }

  private channelAxis(shape: Shape): number {
    return resolveAxes([this.config.axis], shape, this.describe())[0] as number;
  }

  /** The mean over `axes` of what the mask leaves, with Keras' 1e-7 where it leaves nothing. */
  private maskedAverage(x: Tensor, mask: Exclude<Mask, null>, axes: number[]): (values: Tensor) => Tensor {
    if (mask.rank !== x.rank - 1) {
      throw new ShapeError(
        `${this.describe()} needs a mask with one axis less than its input; got ${showShape(mask.shape)} for ${showShape(x.shape)}`,
      );
    }
    const kept = broadcastTo(cast(expandDims(mask, -1), 'bool'), x.shape);
    const count = add(sum(cast(kept, 'float32'), axes, true), 1e-7);
    return values => div(sum(where(kept, values, zerosLike(values)), axes, true), count);
  }

  private keep(moving: Parameter, batch: Tensor): void {
    const { momentum } = this.config;
    moving.update(value => add(mul(value, momentum), mul(reshape(batch, moving.shape), 1 - momentum)));
  }
}

/** A {@link BatchNormalization} layer. */
export const batchNormalization = (given: BatchNormalizationOptions = {}): BatchNormalization => new BatchNormalization(given);
