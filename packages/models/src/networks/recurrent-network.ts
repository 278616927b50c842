import { dense, initializers, type Layer, simpleRNN } from '@jogak/layers';
import {
  add,
  ConfigError,
  cast,
  div,
  equal,
  getRandomSeed,
  greater,
  matMul,
  mean,
  mul,
  options,
  randomKey,
  reshape,
  sigmoid,
  sigmoidCrossEntropyWithLogits,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tanh,
  tidy,
  unstack,
  type Variable,
  variable,
  zeros,
} from '@jogak/ops';
import { type Sequential, sequential } from '../engine/sequential.js';
import { type CourseData, type CourseFitOptions, fitByHand } from './fit-by-hand.js';

/** Options of {@link RecurrentNetwork}. */
export interface RecurrentNetworkOptions {
  /** Number of recurrent cells. @default 10 */
  nCells?: number;
  /** @default 32 */
  batchSize?: number;
  /** @default 0.1 */
  learningRate?: number;
}

const table: options.OptionTable<Required<RecurrentNetworkOptions>> = {
  nCells: options.positiveInteger(10),
  batchSize: options.positiveInteger(32),
  learningRate: options.number(0.1, { above: 0 }),
};

/** Through how many of the last steps the error is followed back. */
const window = 10;

/** Gradients of the mean loss, one for each of {@link RecurrentNetwork.weights}. */
export type RecurrentGradients = readonly [w1x: Tensor, w1h: Tensor, b1: Tensor, w2: Tensor, b2: Tensor];

/**
 * The course's recurrent network, written by hand, its backward pass too.
 *
 * Sequences `[batch, steps, features]` → tanh cells, each step fed the cells' last values → one number from the last step, of which the
 * sigmoid makes the probability of class 1. The error is followed back through the last 10 steps only.
 */
export class RecurrentNetwork {
  /** Mean training loss of every epoch. */
  readonly losses: number[] = [];
  /** Validation loss after every epoch, where there are validation data. */
  readonly valLosses: number[] = [];
  readonly batchSize: number;
  readonly learningRate: number;
  private readonly nCells: number;
  // Weights of the inputs [features, cells], of the cells' last values [cells, cells], of the output [cells, 1]; biases beside them.
  private w1x!: Variable;
  private w1h!: Variable;
  private b1!: Variable;
  private w2!: Variable;
  private b2!: Variable;
  private inputShape: readonly number[] = [];

  /** @throws {ConfigError} for an option that there is not, or a wrong value */
  constructor(given: RecurrentNetworkOptions = {}) {
    const { nCells, batchSize, learningRate } = options.parseOptions(table, given, 'RecurrentNetwork');
    this.nCells = nCells;
    this.batchSize = batchSize;
    this.learningRate = learningRate;
  }

  /**
   * Draws the first weights: an orthogonal matrix from step to step, Glorot's uniform weights elsewhere, and zeros for the biases.
   *
   * @param inputShape `[steps, features]`
   */
  initWeights(inputShape: readonly number[]): void {
    const [, features] = inputShape as [number, number];
    const draw = (initializer: initializers.Initializer, name: string, shape: number[]): Variable =>
      tidy(() => variable(initializer.apply(shape, 'float32', randomKey(getRandomSeed(), name))));
    const zero = (size: number): Variable => tidy(() => variable(zeros([size])));
    this.dispose();
    this.inputShape = inputShape;
    this.w1x = draw(initializers.glorotUniform(), 'simple_rnn/simple_rnn_cell/kernel', [features, this.nCells]);
    this.w1h = draw(initializers.orthogonal(), 'simple_rnn/simple_rnn_cell/recurrent_kernel', [this.nCells, this.nCells]);
    this.b1 = zero(this.nCells);
    this.w2 = draw(initializers.glorotUniform(), 'dense/kernel', [this.nCells, 1]);
    this.b2 = zero(1);
  }

  /** The weights, in the order of the layers; none before {@link initWeights}. */
  get weights(): Variable[] {
    return this.inputShape.length === 0 ? [] : [this.w1x, this.w1h, this.b1, this.w2, this.b2];
  }

  /** Sequences `[batch, steps, features]` to logits `[batch, 1]`. */
  forpass(x: Tensor): Tensor2D {
    return tidy(() => this.output(this.states(x).at(-1) as Tensor2D));
  }

  /** The cells' values before the first step, all zero, and after each one: `[batch, cells]` each. @throws {ConfigError} before {@link initWeights} */
  private states(x: Tensor): Tensor2D[] {
    if (this.inputShape.length === 0) throw new ConfigError('RecurrentNetwork has no weights yet: call fit or initWeights first');
    const states = [zeros([x.shape[0] as number, this.nCells]) as Tensor2D];
    for (const step of unstack(x, 1) as Tensor2D[]) {
      const fromInput = matMul(step, this.w1x as unknown as Tensor2D);
      const fromLastStep = matMul(states.at(-1) as Tensor2D, this.w1h as unknown as Tensor2D);
      states.push(tanh(add(add(fromInput, fromLastStep), this.b1)) as Tensor2D);
    }
    return states;
  }

  private output(state: Tensor2D): Tensor2D {
    return add(matMul(state, this.w2 as unknown as Tensor2D), this.b2) as Tensor2D;
  }

  /**
   * Gradients of the mean loss, through the last 10 steps.
   *
   * @param x `[batch, steps, features]`
   * @param states what the forward pass went through, zeros first: steps + 1 of `[batch, cells]`
   * @param error prediction − target, `[batch, 1]`: the derivative of the loss by the logits
   */
  backprop(x: Tensor, states: readonly Tensor2D[], error: Tensor2D): RecurrentGradients {
    return tidy(() => {
      const m = x.shape[0] as number;
      const steps = unstack(x, 1) as Tensor2D[];
      const last = states.at(-1) as Tensor2D;
      const w2Grad = matMul(last, error, true, false);
      const b2Grad = sum(error, 0);
      let w1xGrad: Tensor = zeros(this.w1x.shape);
      let w1hGrad: Tensor = zeros(this.w1h.shape);
      let b1Grad: Tensor = zeros(this.b1.shape);
      let errorToCell = mul(matMul(error, this.w2 as unknown as Tensor2D, false, true), sub(1, square(last))) as Tensor2D;
      for (let step = steps.length - 1; step >= Math.max(0, steps.length - window); step--) {
        const before = states[step] as Tensor2D;
        w1xGrad = add(w1xGrad, matMul(steps[step] as Tensor2D, errorToCell, true, false));
        w1hGrad = add(w1hGrad, matMul(before, errorToCell, true, false));
        b1Grad = add(b1Grad, sum(errorToCell, 0));
        // The forward pass multiplied by w1h, so the error comes back through its transpose; course notes that leave it out are mistaken.
        errorToCell = mul(matMul(errorToCell, this.w1h as unknown as Tensor2D, false, true), sub(1, square(before))) as Tensor2D;
      }
      return [div(w1xGrad, m), div(w1hGrad, m), div(b1Grad, m), div(w2Grad, m), div(b2Grad, m)] as const;
    }) as RecurrentGradients;
  }

  /** Mean sigmoid cross-entropy of a batch, a scalar. @param y targets, 0 or 1, `[batch]` or `[batch, 1]` */
  getLoss(x: Tensor, y: Tensor): Tensor {
    return tidy(() => mean(sigmoidCrossEntropyWithLogits(column(y), this.forpass(x))));
  }

  /** One step: forward, backward, weights moved. @returns the batch's mean loss before the step */
  training(x: Tensor, y: Tensor): number {
    return tidy(() => {
      const states = this.states(x);
      const logits = this.output(states.at(-1) as Tensor2D);
      const error = sub(sigmoid(logits), column(y)) as Tensor2D;
      const gradients = this.backprop(x, states, error);
      for (const [index, weight] of this.weights.entries()) weight.assign(sub(weight, mul(gradients[index] as Tensor, this.learningRate)));
      return mean(sigmoidCrossEntropyWithLogits(column(y), logits)).dataSync()[0] as number;
    });
  }

  /**
   * Trains from new weights.
   *
   * @param x sequences `[samples, steps, features]`
   * @param y targets, 0 or 1, `[samples]`
   */
  async fit(x: CourseData, y: CourseData, given: CourseFitOptions = {}): Promise<this> {
    await fitByHand(this, x, y, given);
    return this;
  }

  /** Whether each sequence is of class 1, bool `[batch]`; the caller's to dispose of. */
  predict(x: Tensor): Tensor {
    return tidy(() => reshape(greater(this.forpass(x), 0), [-1]));
  }

  /** The share of sequences that are classified right. */
  score(x: Tensor, y: Tensor): number {
    return tidy(
      () => mean(cast(equal(cast(this.predict(x), 'int32'), cast(reshape(y, [-1]), 'int32')), 'float32')).dataSync()[0] as number,
    );
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
      simpleRNN({ name: 'simple_rnn', units: this.nCells, inputShape: this.inputShape }),
      dense({ name: 'dense', units: 1, activation: 'sigmoid' }),
    ];
  }

  /** Frees the weights. */
  dispose(): void {
    for (const weight of this.weights) weight.dispose();
  }
}

/** Targets as a column of floats, `[batch, 1]`. */
function column(y: Tensor): Tensor2D {
  return cast(reshape(y, [-1, 1]), 'float32') as Tensor2D;
}
