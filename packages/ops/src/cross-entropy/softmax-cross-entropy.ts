import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { ShapeError } from '../errors.js';
import { checkSameShape } from './same-shape.js';

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
  if (logits.rank === 0) throw new ShapeError('softmaxCrossEntropyWithLogits needs logits of shape […, classes]; got a scalar');
  return tf.tidy(() => ofLastAxis(tf.cast(labels, 'float32'), tf.cast(logits, 'float32')));
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
  if (logits.rank === 0 || labels.shape.join() !== logits.shape.slice(0, -1).join())
    throw new ShapeError(
      `sparseSoftmaxCrossEntropyWithLogits needs logits of shape […, classes] for labels of shape […]; got labels [${labels.shape.join(', ')}] and logits [${logits.shape.join(', ')}]`,
    );
  const classes = logits.shape.at(-1)!;
  return tf.tidy(() => ofLastAxis(tf.cast(tf.oneHot(tf.cast(labels, 'int32'), classes), 'float32'), tf.cast(logits, 'float32')));
}

const ofLastAxis = tf.customGrad((labels, logits, save) => {
  const logProbabilities = tf.logSoftmax(logits as Tensor);
  (save as (tensors: Tensor[]) => void)([labels as Tensor, logProbabilities]);
  return {
    value: tf.neg(tf.sum(tf.mul(labels as Tensor, logProbabilities), -1)),
    gradFunc: (dy, saved) => {
      const [target, logs] = saved as [Tensor, Tensor];
      const scale = tf.expandDims(dy as Tensor, -1);
      return [tf.neg(tf.mul(scale, logs)), tf.mul(scale, tf.sub(tf.mul(tf.exp(logs), tf.sum(target, -1, true)), target))];
    },
  };
});
