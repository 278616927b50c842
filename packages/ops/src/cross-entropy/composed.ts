import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { AccuracyAttrs, CrossEntropyAttrs } from './kernel-contract.js';

/** What the kernel of cross-entropy computes, of tfjs-core's ops: the contract is in `kernel-contract.ts`. */
export function composedCrossEntropy(attrs: CrossEntropyAttrs, targets: Tensor, predictions: Tensor): Tensor {
  const { kind, columns, shape, epsilon } = attrs;
  const x = tf.reshape(predictions, [-1, columns]);
  const rows = x.shape[0]!;
  const sparse = (): Tensor => tf.oneHot(tf.reshape(targets, [rows]), columns, 1, 0, 'float32');
  const dense = (): Tensor => tf.reshape(tf.cast(targets, 'float32'), [rows, columns]);
  const kept = (p: Tensor): Tensor => tf.clipByValue(p, epsilon, 1 - epsilon);
  const values = (): Tensor => {
    switch (kind) {
      case 'softmax':
        return ofSoftmax(dense(), x);
      case 'sparseSoftmax':
        return ofSoftmax(sparse(), x);
      case 'sigmoid':
        return tf.mean(ofSigmoid(dense(), x), -1);
      case 'categorical':
        return tf.neg(tf.sum(tf.mul(dense(), tf.log(kept(tf.div(x, tf.sum(x, -1, true))))), -1));
      case 'sparseCategorical':
        return tf.neg(tf.log(kept(tf.div(tf.sum(tf.mul(x, sparse()), -1), tf.sum(x, -1)))));
      case 'binary': {
        const p = kept(x);
        const t = dense();
        return tf.neg(tf.mean(tf.add(tf.mul(t, tf.log(p)), tf.mul(tf.sub(1, t), tf.log(tf.sub(1, p)))), -1));
      }
    }
  };
  return tf.reshape(values(), [...shape]);
}

/** How the value of its row changes with each target, of the predictions' shape; class numbers have no slope. */
export function slopeByTargets({ kind, columns, epsilon }: CrossEntropyAttrs, x: Tensor): Tensor {
  const log = (p: Tensor): Tensor => tf.log(tf.clipByValue(p, epsilon, 1 - epsilon));
  switch (kind) {
    case 'softmax':
      return tf.neg(tf.logSoftmax(x));
    case 'sigmoid':
      return tf.div(x, -columns);
    case 'categorical':
      return tf.neg(log(tf.div(x, tf.sum(x, -1, true))));
    case 'binary':
      return tf.div(tf.sub(log(tf.sub(1, x)), log(x)), columns);
    default:
      return tf.zerosLike(x);
  }
}

const ofSoftmax = tf.customGrad((labels, logits, save) => {
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

const ofSigmoid = tf.customGrad((labels, logits, save) => {
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

/** What the kernel of accuracy computes, of tfjs-core's ops. */
export function composedAccuracy({ kind, columns, threshold }: AccuracyAttrs, targets: Tensor, predictions: Tensor): Tensor {
  const x = tf.reshape(predictions, [-1, columns]);
  const right = (): Tensor => {
    switch (kind) {
      case 'sparse':
        return tf.equal(tf.reshape(targets, [x.shape[0]!]), tf.argMax(x, -1));
      case 'categorical':
        return tf.equal(tf.argMax(tf.reshape(targets, x.shape), -1), tf.argMax(x, -1));
      case 'binary':
        return tf.equal(tf.cast(tf.reshape(targets, x.shape), 'float32'), tf.cast(tf.greater(x, threshold), 'float32'));
    }
  };
  const matches = tf.cast(right(), 'float32');
  return tf.stack([tf.sum(matches), tf.scalar(matches.size)]);
}
