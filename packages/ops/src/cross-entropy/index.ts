export { countRight } from './accuracy.js';
export {
  type BinaryCrossEntropyOptions,
  binaryCrossEntropy,
  categoricalCrossEntropy,
  sparseCategoricalCrossEntropy,
} from './of-probabilities.js';
export { sigmoidCrossEntropyWithLogits } from './sigmoid-cross-entropy.js';
export { softmaxCrossEntropyWithLogits, sparseSoftmaxCrossEntropyWithLogits } from './softmax-cross-entropy.js';
