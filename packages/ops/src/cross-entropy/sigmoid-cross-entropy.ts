import type { Tensor } from '@tensorflow/tfjs-core';
import { crossEntropy } from './cross-entropy.js';
import { checkSameShape } from './shapes.js';

/**
 * Cross-entropy of independent yes-or-no labels against logits, a value an element:
 * `−labels · log(sigmoid(logits)) − (1 − labels) · log(1 − sigmoid(logits))`.
 *
 * Computed as `max(x, 0) − x · label + log(1 + e^−|x|)`, with the gradient `sigmoid(x) − label`: exact at logits of ±1000, too.
 *
 * @param labels any shape, from 0 to 1
 * @param logits of the same shape
 * @returns of the same shape
 * @throws {ShapeError} when the shapes differ
 */
export function sigmoidCrossEntropyWithLogits(labels: Tensor, logits: Tensor): Tensor {
  checkSameShape('sigmoidCrossEntropyWithLogits', labels, logits);
  return crossEntropy('sigmoid', labels, logits, 1, logits.shape);
}
