/**
 * The activation functions of Keras 3, in camelCase. Options follow as an object: `activations.gelu(x, { approximate: true })`.
 *
 * @module
 */
export { glu, logSoftmax, softmax, sparsemax } from './along-axis.js';
export {
  hardShrink,
  hardSigmoid,
  hardSilu,
  hardSilu as hardSwish,
  hardTanh,
  softShrink,
  sparsePlus,
  sparseSigmoid,
} from './piecewise.js';
export { celu, elu, leakyRelu, relu, relu6, selu, threshold } from './rectifiers.js';
export {
  exponential,
  gelu,
  linear,
  logSigmoid,
  mish,
  sigmoid,
  silu,
  silu as swish,
  softplus,
  softsign,
  squareplus,
  tanh,
  tanhShrink,
} from './smooth.js';
