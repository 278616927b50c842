import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { checkSameShape } from './same-shape.js';

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
  return tf.tidy(() => elementwise(tf.cast(labels, 'float32'), tf.cast(logits, 'float32')));
}

const elementwise = tf.customGrad((labels, logits, save) => {
  const label = labels as Tensor;
  const x = logits as Tensor;
  (save as (tensors: Tensor[]) => void)([label, x]);
  return {
    value: tf.add(tf.sub(tf.relu(x), tf.mul(x, label)), tf.log1p(tf.exp(tf.neg(tf.abs(x))))),
    gradFunc: (dy, saved) => {
      const [target, logit] = saved as [Tensor, Tensor];
      return [tf.neg(tf.mul(dy as Tensor, logit)), tf.mul(dy as Tensor, tf.sub(tf.sigmoid(logit), target))];
    },
  };
});
