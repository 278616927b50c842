export { sigmoidCrossEntropyWithLogits } from './sigmoid-cross-entropy.js';
export { softmaxCrossEntropyWithLogits, sparseSoftmaxCrossEntropyWithLogits } from './softmax-cross-entropy.js';
