import { describe, expect, it } from 'vitest';
import * as tf from '../index.js';
import { ShapeError, sigmoidCrossEntropyWithLogits, softmaxCrossEntropyWithLogits, sparseSoftmaxCrossEntropyWithLogits } from '../index.js';

/** −Σ label · log softmax(logits), in double precision. */
function softmaxLoss(labels: number[], logits: number[]): number {
  const largest = Math.max(...logits);
  const logSum = largest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
  return -labels.reduce((sum, label, i) => sum + (label === 0 ? 0 : label * (logits[i]! - logSum)), 0);
}

const sigmoidLoss = (label: number, logit: number): number => Math.max(logit, 0) - logit * label + Math.log1p(Math.exp(-Math.abs(logit)));

/** Central difference of `f` in element `i` of `at`. */
function slope(f: (values: number[]) => number, at: number[], i: number): number {
  const moved = (by: number) => at.map((value, j) => (j === i ? value + by : value));
  return (f(moved(1e-5)) - f(moved(-1e-5))) / 2e-5;
}

function expectClose(actual: tf.Tensor, expected: number[]): void {
  const values = actual.dataSync();
  expect(values.length).toBe(expected.length);
  for (const [i, value] of expected.entries())
    expect(Math.abs(values[i]! - value)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(value)));
}

const logits = [
  [1.5, -0.3, 0.2, 2],
  [1000, -1000, 0, 999],
  [-3, 4, 0.5, 0],
];
const labels = [
  [0, 0, 1, 0],
  [0, 1, 0, 0],
  [0.1, 0.6, 0.3, 0],
];

describe('softmaxCrossEntropyWithLogits', () => {
  it('is the loss of every sample, at logits of ±1000 too', () => {
    tf.tidy(() => {
      const loss = softmaxCrossEntropyWithLogits(tf.tensor2d(labels), tf.tensor2d(logits));
      expect(loss.shape).toEqual([3]);
      expectClose(
        loss,
        logits.map((row, i) => softmaxLoss(labels[i]!, row)),
      );
    });
  });

  it('has the gradients of its values, to logits and labels', () => {
    tf.tidy(() => {
      const weights = [0.7, -1.3, 2];
      const [dLabels, dLogits] = tf.grads((a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(softmaxCrossEntropyWithLogits(a, b), weights)))([
        tf.tensor2d(labels),
        tf.tensor2d(logits),
      ]) as [tf.Tensor, tf.Tensor];
      expectClose(
        dLogits,
        logits.flatMap((row, i) => row.map((_, j) => weights[i]! * slope(values => softmaxLoss(labels[i]!, values), row, j))),
      );
      const exact = (row: number[], i: number) =>
        row.map(
          (_, j) =>
            weights[i]! *
            softmaxLoss(
              row.map((_, k) => (k === j ? 1 : 0)),
              row,
            ),
        );
      expectClose(dLabels, logits.flatMap(exact));
    });
  });

  it('takes labels that do not sum to 1', () => {
    tf.tidy(() => {
      const row = [0.3, -1, 2];
      const label = [2, 0, 0.5];
      const gradient = tf.grad((x: tf.Tensor) => tf.sum(softmaxCrossEntropyWithLogits(tf.tensor1d(label), x)))(tf.tensor1d(row));
      expectClose(
        gradient,
        row.map((_, j) => slope(values => softmaxLoss(label, values), row, j)),
      );
    });
  });

  it('refuses labels of another shape', () => {
    expect(() => softmaxCrossEntropyWithLogits(tf.zeros([2, 3]), tf.zeros([2, 4]))).toThrow(
      new ShapeError('softmaxCrossEntropyWithLogits needs labels and logits of the same shape; got labels [2, 3] and logits [2, 4]'),
    );
    expect(() => softmaxCrossEntropyWithLogits(tf.scalar(1), tf.scalar(1))).toThrow(
      new ShapeError('softmaxCrossEntropyWithLogits needs logits of shape […, classes]; got a scalar'),
    );
  });
});

describe('sparseSoftmaxCrossEntropyWithLogits', () => {
  const classes = [2, 1, 3];

  it('is the dense loss of one-hot labels, with its gradient', () => {
    tf.tidy(() => {
      const oneHot = classes.map(label => [0, 1, 2, 3].map(k => (k === label ? 1 : 0)));
      const ids = tf.tensor1d(classes, 'int32');
      expectClose(
        sparseSoftmaxCrossEntropyWithLogits(ids, tf.tensor2d(logits)),
        logits.map((row, i) => softmaxLoss(oneHot[i]!, row)),
      );
      const gradient = tf.grad((x: tf.Tensor) => tf.sum(sparseSoftmaxCrossEntropyWithLogits(ids, x)))(tf.tensor2d(logits));
      expectClose(
        gradient,
        logits.flatMap((row, i) => row.map((_, j) => slope(values => softmaxLoss(oneHot[i]!, values), row, j))),
      );
    });
  });

  it('takes labels of any rank, and float32', () => {
    tf.tidy(() => {
      const loss = sparseSoftmaxCrossEntropyWithLogits(tf.tensor2d([[0, 1]]), tf.zeros([1, 2, 5]));
      expect(loss.shape).toEqual([1, 2]);
      expectClose(loss, [Math.log(5), Math.log(5)]);
    });
  });

  it('refuses logits that do not go with the labels', () => {
    expect(() => sparseSoftmaxCrossEntropyWithLogits(tf.zeros([2]), tf.zeros([3, 4]))).toThrow(
      new ShapeError(
        'sparseSoftmaxCrossEntropyWithLogits needs logits of shape […, classes] for labels of shape […]; got labels [2] and logits [3, 4]',
      ),
    );
  });
});

describe('sigmoidCrossEntropyWithLogits', () => {
  const x = [0.3, -2, 5, 1000, -1000, 1000, -1000];
  const y = [1, 0, 0.25, 1, 0, 0, 1];

  it('is the loss of every element, at logits of ±1000 too, with its gradient', () => {
    tf.tidy(() => {
      const target = tf.tensor1d(y);
      expectClose(
        sigmoidCrossEntropyWithLogits(target, tf.tensor1d(x)),
        x.map((logit, i) => sigmoidLoss(y[i]!, logit)),
      );
      const gradient = tf.grad((logit: tf.Tensor) => tf.sum(sigmoidCrossEntropyWithLogits(target, logit)))(tf.tensor1d(x));
      expectClose(
        gradient,
        x.map((logit, i) => slope(([value]) => sigmoidLoss(y[i]!, value!), [logit], 0)),
      );
    });
  });

  it('refuses labels of another shape', () => {
    expect(() => sigmoidCrossEntropyWithLogits(tf.zeros([3]), tf.zeros([3, 1]))).toThrow(
      new ShapeError('sigmoidCrossEntropyWithLogits needs labels and logits of the same shape; got labels [3] and logits [3, 1]'),
    );
  });
});

it('leaves no tensor behind', () => {
  const label = tf.tensor1d([0, 1]);
  const logit = tf.tensor1d([0.5, 2]);
  const before = tf.memory().numTensors;
  for (const loss of [softmaxCrossEntropyWithLogits, sigmoidCrossEntropyWithLogits]) {
    loss(label, logit).dispose();
    tf.grad((x: tf.Tensor) => tf.sum(loss(label, x)))(logit).dispose();
  }
  expect(tf.memory().numTensors).toBe(before);
});
