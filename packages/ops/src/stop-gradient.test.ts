import { expect, it } from 'vitest';
import * as tf from './index.js';
import { stopGradient } from './index.js';

it('makes a constant of what depends on the differentiated', () => {
  tf.tidy(() => {
    const square = tf.grad((x: tf.Tensor) => tf.mul(x, stopGradient(x)));
    expect(square(tf.scalar(3)).dataSync()[0]).toBe(3);
    const rectify = tf.grad((x: tf.Tensor) => tf.where(stopGradient(tf.greater(x, 0)), x, tf.zerosLike(x)));
    expect([...rectify(tf.tensor1d([-1, 2])).dataSync()]).toEqual([0, 1]);
  });
});
