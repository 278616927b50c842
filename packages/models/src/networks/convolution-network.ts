import { conv2d as conv2dLayer, dense, flatten, initializers, type Layer, maxPooling2d } from '@jogak/layers';
import {
  add,
  argMax,
  ConfigError,
  conv2d,
  equal,
  getRandomSeed,
  matMul,
  maxPool,
  mean,
  mul,
  oneHot,
  options,
  randomKey,
  relu,
  reshape,
  type Scalar,
  softmaxCrossEntropyWithLogits,
  sub,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tidy,
  type Variable,
  variable,
  variableGrads,
  zeros,
} from '@jogak/ops';
import { type Sequential, sequential } from '../engine/sequential.js';
import { type CourseData, type CourseFitOptions, fitByHand } from './fit-by-hand.js';

/** Options of {@link ConvolutionNetwork}. */
export interface ConvolutionNetworkOptions {
  /** Number of 3×3 kernels. @default 10 */
  nKernels?: number;
  /** Units of the hidden dense layer. @default 10 */
  units?: number;
  /** @default 32 */
  batchSize?: number;
  /** @default 0.1 */
  learningRate?: number;
}

const table: options.OptionTable<Required<ConvolutionNetworkOptions>> = {
  nKernels: options.positiveInteger(10),
  units: options.positiveInteger(10),
  batchSize: options.positiveInteger(32),
  learningRate: options.number(0.1, { above: 0 }),
};

/**
 * The course's convolutional network, written by hand: the forward pass as it stands on the slides, the gradients from the tape, the
 * weights moved against them.
 *
 * Images `[batch, height, width, channels]` → 3×3 convolution, stride 1, same padding → ReLU → 2×2 max pooling → ReLU units →
 * one number for each class, of which softmax makes probabilities.
 */
export class ConvolutionNetwork {
  /** Mean training loss of every epoch. */
  readonly losses: number[] = [];
  /** Validation loss after every epoch, where there are validation data. */
  readonly valLosses: number[] = [];
  readonly batchSize: number;
  readonly learningRate: number;
  private readonly nKernels: number;
  private readonly units: number;
  // Kernels [3, 3, channels, nKernels], then the two dense layers' weights; biases beside them.
  private convW!: Variable;
  private convB!: Variable;
  private w1!: Variable;
  private b1!: Variable;
  private w2!: Variable;
  private b2!: Variable;
  private imageShape: readonly number[] = [];
  private nClasses = 0;

  /** @throws {ConfigError} for an option that there is not, or a wrong value */
  constructor(given: ConvolutionNetworkOptions = {}) {
    const { nKernels, units, batchSize, learningRate } = options.parseOptions(table, given, 'ConvolutionNetwork');
    this.nKernels = nKernels;
    this.units = units;
    this.batchSize = batchSize;
    this.learningRate = learningRate;
  }

  /**
   * Draws the first weights: Glorot's uniform ones, and zeros for the biases.
   *
   * @param imageShape `[height, width, channels]`
   */
  initWeights(imageShape: readonly number[], nClasses: number): void {
    const [height, width, channels] = imageShape as [number, number, number];
    const features = Math.floor(height / 2) * Math.floor(width / 2) * this.nKernels;
    const glorot = initializers.glorotUniform();
    const draw = (name: string, shape: number[]): Variable =>
      tidy(() => variable(glorot.apply(shape, 'float32', randomKey(getRandomSeed(), name))));
    const zero = (size: number): Variable => tidy(() => variable(zeros([size])));
    if (nClasses < 2)
      throw new ConfigError(
        `ConvolutionNetwork tells two or more classes apart; got ${nClasses}. Targets are one-hot rows: toCategorical makes them`,
      );
    this.dispose();
    this.imageShape = imageShape;
    this.nClasses = nClasses;
    this.convW = draw('conv2d/kernel', [3, 3, channels, this.nKernels]);
    this.convB = zero(this.nKernels);
    this.w1 = draw('dense/kernel', [features, this.units]);
    this.b1 = zero(this.units);
    this.w2 = draw('dense_1/kernel', [this.units, nClasses]);
    this.b2 = zero(nClasses);
  }

  /** The weights, in the order of the layers; none before {@link initWeights}. */
  get weights(): Variable[] {
    return this.nClasses === 0 ? [] : [this.convW, this.convB, this.w1, this.b1, this.w2, this.b2];
  }

  /** Images `[batch, height, width, channels]` to logits `[batch, classes]`. @throws {ConfigError} before {@link initWeights} */
  forpass(x: Tensor): Tensor2D {
    if (this.nClasses === 0) throw new ConfigError('ConvolutionNetwork has no weights yet: call fit or initWeights first');
    return tidy(() => {
      const convolved = add(conv2d(x as Tensor4D, this.convW as unknown as Tensor4D, 1, 'same'), this.convB);
      const pooled = maxPool(relu(convolved) as Tensor4D, 2, 2, 'valid');
      const features = reshape(pooled, [x.shape[0] as number, -1]) as Tensor2D;
      const hidden = relu(add(matMul(features, this.w1 as unknown as Tensor2D), this.b1)) as Tensor2D;
      return add(matMul(hidden, this.w2 as unknown as Tensor2D), this.b2) as Tensor2D;
    });
  }

  /** Mean softmax cross-entropy of a batch, a scalar. @param y one-hot rows `[batch, classes]`, or class numbers `[batch]` */
  getLoss(x: Tensor, y: Tensor): Tensor {
    return tidy(() => mean(softmaxCrossEntropyWithLogits(this.oneHot(y), this.forpass(x))));
  }

  /** One step: forward, gradients from the tape, weights moved. @returns the batch's mean loss before the step */
  training(x: Tensor, y: Tensor): number {
    return tidy(() => {
      const { value, grads } = variableGrads(() => this.getLoss(x, y) as Scalar, this.weights);
      for (const weight of this.weights) weight.assign(sub(weight, mul(grads[weight.name] as Tensor, this.learningRate)));
      return value.dataSync()[0] as number;
    });
  }

  /**
   * Trains from new weights. The samples that do not fill a batch are left out of each epoch, as in the course.
   *
   * @param x images `[samples, height, width, channels]`, floats of 0 to 1
   * @param y one-hot rows `[samples, classes]`
   */
  async fit(x: CourseData, y: CourseData, given: CourseFitOptions = {}): Promise<this> {
    await fitByHand(this, x, y, { ...given, dropRemainder: true });
    return this;
  }

  /** The likeliest class of each image, int32 `[batch]`; the caller's to dispose of. */
  predict(x: Tensor): Tensor {
    return tidy(() => argMax(this.forpass(x), 1));
  }

  /** The share of images that are classified right. */
  score(x: Tensor, y: Tensor): number {
    return tidy(() => mean(equal(this.predict(x), argMax(this.oneHot(y), 1))).dataSync()[0] as number);
  }

  /** The same network made of layers, with copies of the weights: it predicts the same, and can be saved. */
  toSequential(): Sequential {
    const model = sequential({ layers: this.layers() });
    model.setWeights(this.weights);
    return model;
  }

  /** The layers that the network is made of, without its weights. */
  layers(): Layer[] {
    return [
      conv2dLayer({
        name: 'conv2d',
        inputShape: this.imageShape,
        filters: this.nKernels,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
      }),
      maxPooling2d({ name: 'max_pooling2d', poolSize: 2 }),
      flatten({ name: 'flatten' }),
      dense({ name: 'dense', units: this.units, activation: 'relu' }),
      dense({ name: 'dense_1', units: this.nClasses, activation: 'softmax' }),
    ];
  }

  /** Frees the weights. */
  dispose(): void {
    for (const weight of this.weights) weight.dispose();
  }

  private oneHot(y: Tensor): Tensor2D {
    return (y.rank === 1 ? oneHot(y as never, this.nClasses) : y) as Tensor2D;
  }
}
