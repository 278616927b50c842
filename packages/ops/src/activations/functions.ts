/**
 * The activation functions of Keras 3, in camelCase. Options follow as an object: `activations.gelu(x, { approximate: true })`.
 *
 * @module
 */
export { type AxisOptions, glu, logSoftmax, softmax, sparsemax } from './along-axis.js';
export {
  hardShrink,
  hardSigmoid,
  hardSilu,
  hardSilu as hardSwish,
  hardTanh,
  legacyHardSigmoid,
  type ShrinkOptions,
  softShrink,
  sparsePlus,
  sparseSigmoid,
} from './piecewise.js';
export {
  celu,
  type EluOptions,
  elu,
  type LeakyReluOptions,
  leakyRelu,
  type ReluOptions,
  relu,
  relu6,
  selu,
  type ThresholdOptions,
  threshold,
} from './rectifiers.js';
export {
  exponential,
  type GeluOptions,
  gelu,
  linear,
  logSigmoid,
  mish,
  type SquareplusOptions,
  sigmoid,
  silu,
  silu as swish,
  softplus,
  softsign,
  squareplus,
  tanh,
  tanhShrink,
} from './smooth.js';
