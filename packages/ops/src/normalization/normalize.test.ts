import { describe, expect, it } from 'vitest';
import * as tf from '../index.js';
import { normalizeBatch, normalizeLayer } from '../index.js';

const EPSILON = 0.01;
const x = [0.5, -1.2, 3, 0.1, 2.2, -0.4, 1.1, 0.9, -2, 0.3, 0.7, 1.5];
const gamma = [1.5, -0.5, 2];
const beta = [0.1, 0.2, -0.3];

/** Of every third number, as of the channels of `[4, 3]`, or of every three numbers, as of its rows. */
function normalized(values: readonly number[], groupOf: (index: number) => number): number[] {
  const groups = new Map<number, number[]>();
  for (const [i, value] of values.entries()) groups.set(groupOf(i), [...(groups.get(groupOf(i)) ?? []), value]);
  return values.map((value, i) => {
    const group = groups.get(groupOf(i))!;
    const mean = group.reduce((sum, other) => sum + other, 0) / group.length;
    const variance = group.reduce((sum, other) => sum + (other - mean) ** 2, 0) / group.length;
    return ((value - mean) / Math.sqrt(variance + EPSILON)) * gamma[i % 3]! + beta[i % 3]!;
  });
}

const cases = [
  ['normalizeBatch', (i: number) => i % 3, (v: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => normalizeBatch(v, a, b, 1, EPSILON).y],
  ['normalizeLayer', (i: number) => Math.floor(i / 3), (v: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => normalizeLayer(v, a, b, [1], EPSILON)],
] as const;

describe.each(cases)('%s', (_, groupOf, normalize) => {
  it('has the values of float64, and the gradient of central differences, to 1e-5 and 1e-4', () => {
    const weights = x.map((_value, i) => Math.sin(i));
    const [y, dx] = tf.tidy(() => {
      const [a, b] = [tf.tensor1d(gamma), tf.tensor1d(beta)];
      const loss = (v: tf.Tensor): tf.Tensor => tf.sum(tf.mul(normalize(v, a, b), tf.tensor2d(weights, [4, 3])));
      const input = tf.tensor2d(x, [4, 3]);
      return [normalize(input, a, b).dataSync(), tf.grad(loss)(input).dataSync()];
    });
    const loss = (values: readonly number[]): number => normalized(values, groupOf).reduce((sum, value, i) => sum + value * weights[i]!, 0);
    for (const [i, expected] of normalized(x, groupOf).entries()) {
      expect(Math.abs(y[i]! - expected)).toBeLessThan(1e-5);
      const slope = (loss(x.with(i, x[i]! + 1e-6)) - loss(x.with(i, x[i]! - 1e-6))) / 2e-6;
      expect(Math.abs(dx[i]! - slope)).toBeLessThan(1e-4);
    }
  });

  it('takes scale and center for 1 and 0 where they are not there, and leaves no tensor behind', () => {
    const input = tf.tensor2d(x, [4, 3]);
    const before = tf.memory().numTensors;
    const bare = [normalizeBatch(input, null, null, 1, EPSILON).y, normalizeLayer(input, null, null, [1], EPSILON)];
    const given = tf.tidy(() => {
      const [ones, zeros] = [tf.ones([3]), tf.zeros([3])];
      return [normalizeBatch(input, ones, zeros, 1, EPSILON).y, normalizeLayer(input, ones, zeros, [1], EPSILON)];
    });
    for (const [i, tensor] of bare.entries()) expect([...tensor.dataSync()]).toEqual([...given[i]!.dataSync()]);
    expect(tf.memory().numTensors).toBe(before + 6);
  });
});

it('normalizeBatch takes channels on any axis, and gives their mean and variance', () => {
  tf.tidy(() => {
    const input = tf.tensor2d(x, [4, 3]);
    const last = normalizeBatch(input, tf.tensor1d(gamma), tf.tensor1d(beta), 1, EPSILON);
    const first = normalizeBatch(tf.transpose(input), tf.tensor1d(gamma), tf.tensor1d(beta), 0, EPSILON);
    expect([...tf.transpose(first.y).dataSync()]).toEqual([...last.y.dataSync()]);
    expect([...first.mean.dataSync()]).toEqual([...last.mean.dataSync()]);
    expect(first.variance.shape).toEqual([3]);
  });
});
