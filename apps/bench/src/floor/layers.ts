import { type Cost, times, total } from './cost.js';

/** Bytes of a float32. */
const FLOAT = 4;

const arithmetic = (count: number): Cost => ({ arithmetic: count, functions: 0, bytes: 0 });
const functions = (count: number): Cost => ({ arithmetic: 0, functions: count, bytes: 0 });
const bytes = (count: number): Cost => ({ arithmetic: 0, functions: 0, bytes: count });

/** Bytes that are read or written once. */
export const moved = bytes;

/** `[rows, depth] · [depth, columns]`: a multiplication and an addition for each of the `rows · depth · columns` pairs. */
export const product = (rows: number, depth: number, columns: number): Cost => arithmetic(2 * rows * depth * columns);

/**
 * What a product with weights costs in training: the forward one, the weights' gradient, and the input's, where someone wants it, have as many
 * multiplications each.
 */
const trained = (forward: Cost, inputGradient: boolean): Cost => times(inputGradient ? 3 : 2, forward);

/** Whether the gradient of the input is needed: not by the first layer. */
export interface Training {
  readonly inputGradient: boolean;
}

/** Dense layer, forward and backward; the bias is added once and its gradient summed once. */
export const denseTraining = (batch: number, inputs: number, outputs: number, { inputGradient }: Training): Cost =>
  total(trained(product(batch, inputs, outputs), inputGradient), arithmetic(2 * batch * outputs));

/** Sizes of a convolution: `height` and `width` are those of its *output*. */
export interface ConvolutionSizes {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: number;
}

/** Convolution, forward alone: a product of `[batch · height · width, kernel² · in]` by `[kernel² · in, out]`. Padding counts as any pixel. */
export const convolution = ({ batch, height, width, inChannels, outChannels, kernel }: ConvolutionSizes): Cost =>
  product(batch * height * width, kernel * kernel * inChannels, outChannels);

/** Convolution, forward and backward, without bias. */
export const convolutionTraining = (sizes: ConvolutionSizes, { inputGradient }: Training): Cost =>
  trained(convolution(sizes), inputGradient);

/** A function of each value that is cheap (relu, a bias, a comparison of pooling), forward and backward. */
export const elementwiseTraining = (values: number): Cost => arithmetic(2 * values);

/** Batch or layer normalization: mean, variance, scale and shift take 7 operations a value, and 11 backward. */
export const normalizationTraining = (values: number): Cost => arithmetic(18 * values);

/** Softmax and cross-entropy, and their common gradient, `p − y`. */
export const softmaxCrossEntropyTraining = (values: number): Cost => total(functions(values), arithmetic(4 * values));

/** Sizes of a recurrent layer. */
export interface RecurrentSizes {
  readonly batch: number;
  readonly steps: number;
  /** Length of a step's input. */
  readonly inputs: number;
  readonly units: number;
  /** Whether inputs are one-hot, so that their product with the kernel is a row of it: an addition for each unit instead of a product. */
  readonly oneHot: boolean;
  /** Through how many of the last steps the error goes back; all of them in most networks. */
  readonly window: number;
}

/**
 * Recurrent layer of `gates` gates, forward through all steps and backward through the last `window` of them: the input's product, the states', and for each
 * unit `tanhs` functions forward (their derivatives are made of their values) and some element-wise operations each way.
 */
function recurrentTraining(sizes: RecurrentSizes, gates: number, tanhs: number, { inputGradient }: Training): Cost {
  const { batch, steps, inputs, units, oneHot, window } = sizes;
  const width = gates * units;
  const input = oneHot ? arithmetic(batch * width) : product(batch, inputs, width);
  const state = product(batch, units, width);
  const elementwise = arithmetic(2 * batch * width);
  const inputBackward = times(inputGradient ? 2 : 1, input);
  return total(
    times(steps, total(input, state, functions(tanhs * batch * units), elementwise)),
    times(window, total(inputBackward, times(2, state), times(2, elementwise))),
  );
}

/** `h = tanh(x·W + h·U + b)`. */
export const simpleRnnTraining = (sizes: RecurrentSizes, training: Training): Cost => recurrentTraining(sizes, 1, 1, training);

/** Four gates; three sigmoids and two tanhs a unit. */
export const lstmTraining = (sizes: RecurrentSizes, training: Training): Cost => recurrentTraining(sizes, 4, 5, training);

/** Scaled dot-product attention of `heads` heads, forward and backward: two products of `[steps, depth] · [depth, steps]`, and a softmax. */
export function attentionTraining(batch: number, heads: number, steps: number, depth: number): Cost {
  const both = total(product(steps, depth, steps), product(steps, steps, depth));
  const scores = steps * steps;
  return times(batch * heads, total(times(3, both), functions(scores), arithmetic(8 * scores)));
}

/** Optimizers, a step: operations on each weight, and floats of it that are read and written. */
const rules = {
  /** `w −= lr·g`. Reads w and g, writes w. */
  sgd: { arithmetic: 2, floats: 3 },
  /** `v = m·v − lr·g; w += v`. Reads w, g and v, writes w and v. */
  momentum: { arithmetic: 4, floats: 5 },
  /** Two running means (3 and 4 operations), a root, a sum, a quotient, a product and a difference. Reads w, g, m and v, writes w, m and v. */
  adam: { arithmetic: 12, floats: 7 },
} as const;

/** Names of {@link optimizerStep}'s rules. */
export type OptimizerRule = keyof typeof rules;

/** One update of all weights. */
export const optimizerStep = (rule: OptimizerRule, weights: number): Cost =>
  total(arithmetic(rules[rule].arithmetic * weights), bytes(rules[rule].floats * FLOAT * weights));

/** `[n, n] · [n, n]`, each of three matrices moved once. */
export const matrixProduct = (size: number): Cost => total(product(size, size, size), bytes(3 * FLOAT * size * size));
