import type { Tensor } from '@tensorflow/tfjs-core';
import { crossEntropy } from './cross-entropy.js';
import { checkClassNumbers, checkSameShape, classesOf } from './shapes.js';

/** How far probabilities are kept from 0 and 1 unless told: Keras' fuzz factor. */
const EPSILON = 1e-7;

/**
 * Cross-entropy of class probabilities against probabilities, a value a sample: `−Σ labels · log p` over the last axis, where
 * `p = probabilities / Σ probabilities`, kept between `epsilon` and `1 − epsilon`. Against logits, steadier and faster, there is
 * `softmaxCrossEntropyWithLogits`.
 *
 * @param labels `[…, classes]`
 * @param probabilities `[…, classes]`
 * @returns `[…]`
 * @throws {ShapeError} when the shapes differ, or there is no axis of classes
 */
export function categoricalCrossEntropy(labels: Tensor, probabilities: Tensor, epsilon: number = EPSILON): Tensor {
  checkSameShape('categoricalCrossEntropy', labels, probabilities, 'probabilities');
  const classes = classesOf('categoricalCrossEntropy', probabilities, 'probabilities');
  return crossEntropy('categorical', labels, probabilities, classes, probabilities.shape.slice(0, -1), epsilon);
}

/**
 * {@link categoricalCrossEntropy} of class numbers: `−log p[label]`.
 *
 * @param labels `[…]`, int32, or float32 with whole numbers, from 0 to classes − 1; not checked here, but on the host
 * @param probabilities `[…, classes]`
 * @returns `[…]`
 * @throws {ShapeError} when `probabilities` does not have the shape of `labels` and one axis more
 */
export function sparseCategoricalCrossEntropy(labels: Tensor, probabilities: Tensor, epsilon: number = EPSILON): Tensor {
  checkClassNumbers('sparseCategoricalCrossEntropy', labels, probabilities, 'probabilities');
  return crossEntropy('sparseCategorical', labels, probabilities, probabilities.shape.at(-1)!, labels.shape, epsilon);
}

/** Options of {@link binaryCrossEntropy}. */
export interface BinaryCrossEntropyOptions {
  /** Whether predictions are logits. @default false */
  fromLogits?: boolean;
  /** How far probabilities are kept from 0 and 1. @default 1e-7 */
  epsilon?: number;
}

/**
 * Cross-entropy of independent yes-or-no labels, a mean over the last axis: `−mean(labels · log p + (1 − labels) · log(1 − p))`.
 *
 * @param labels `[…, outputs]`, or as many without a last axis of 1; from 0 to 1
 * @param predictions `[…, outputs]`
 * @returns `[…]`
 * @throws {ShapeError} when the shapes do not fit
 */
export function binaryCrossEntropy(labels: Tensor, predictions: Tensor, options: BinaryCrossEntropyOptions = {}): Tensor {
  const { fromLogits = false, epsilon = EPSILON } = options;
  const outputs = classesOf('binaryCrossEntropy', predictions, 'predictions');
  const shape = predictions.shape.slice(0, -1);
  const lacksOne = outputs === 1 && labels.shape.join() === shape.join();
  if (!lacksOne) checkSameShape('binaryCrossEntropy', labels, predictions, 'predictions');
  return crossEntropy(fromLogits ? 'sigmoid' : 'binary', labels, predictions, outputs, shape, epsilon);
}
