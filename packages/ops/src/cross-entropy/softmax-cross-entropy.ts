import type { Tensor } from '@tensorflow/tfjs-core';
import { crossEntropy } from './cross-entropy.js';
import { checkClassNumbers, checkSameShape, classesOf } from './shapes.js';

/**
 * Cross-entropy of class probabilities against logits, a value a sample: `−Σ labels · log(softmax(logits))` over the last axis.
 *
 * The gradient to `logits` is taken in one step, `softmax(logits) · Σ labels − labels`, and no logarithm of 0 is ever formed: it is exact
 * at logits of ±1000, too.
 *
 * @param labels `[…, classes]`, float32: probabilities, one-hot or soft
 * @param logits `[…, classes]`, float32
 * @returns `[…]`
 * @throws {ShapeError} when the shapes differ, or there is no axis of classes
 */
export function softmaxCrossEntropyWithLogits(labels: Tensor, logits: Tensor): Tensor {
  checkSameShape('softmaxCrossEntropyWithLogits', labels, logits);
  const classes = classesOf('softmaxCrossEntropyWithLogits', logits);
  return crossEntropy('softmax', labels, logits, classes, logits.shape.slice(0, -1));
}

/**
 * Cross-entropy of class numbers against logits, a value a sample: `−log(softmax(logits)[label])`, with the gradient of
 * {@link softmaxCrossEntropyWithLogits}.
 *
 * @param labels `[…]`, int32, or float32 with whole numbers, from 0 to classes − 1. They are not checked here, but on the host before they become a
 *   tensor: any other number counts as no class, with loss and gradient 0.
 * @param logits `[…, classes]`, float32
 * @returns `[…]`
 * @throws {ShapeError} when `logits` does not have the shape of `labels` and one axis more
 */
export function sparseSoftmaxCrossEntropyWithLogits(labels: Tensor, logits: Tensor): Tensor {
  checkClassNumbers('sparseSoftmaxCrossEntropyWithLogits', labels, logits);
  return crossEntropy('sparseSoftmax', labels, logits, logits.shape.at(-1)!, labels.shape);
}
