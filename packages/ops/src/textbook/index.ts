export type { Array4d, Matrix, Vector } from './arrays.js';
export { type Conv2dGradients, conv2d, conv2dBackward, type TextbookConv2dOptions } from './conv2d.js';
export { type CorrelateOptions, convolve, correlate } from './correlate.js';
export { type Correlate2dOptions, convolve2d, correlate2d } from './correlate2d.js';
export {
  sigmoid,
  sigmoidCrossEntropy,
  sigmoidCrossEntropyGradient,
  softmax,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
} from './cross-entropy.js';
export { type DenseGradients, dense, denseBackward } from './dense.js';
export type { TextbookPadding } from './padding.js';
export { averagePool2d, averagePool2dBackward, maxPool2d, maxPool2dBackward, type Pool2dOptions } from './pool2d.js';
export {
  backpropagateThroughTime,
  type RecurrentGradients,
  type RecurrentWeights,
  recurrentCell,
  recurrentSequence,
  type TruncationOptions,
} from './recurrent.js';
