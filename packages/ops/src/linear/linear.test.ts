import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { type ActivationFunction, activations } from '../activations/index.js';
import { expectClose } from '../cpu/kernel.testing.js';
import { randomKey, uniformValues } from '../random.js';
import '../engine.js';
import { convolveLinear, linear } from './index.js';

const random = (shape: number[], name: string): tf.Tensor =>
  tf.tensor(
    uniformValues(randomKey(2, name), shape).map(value => 2 * value - 1),
    shape,
  );

const kinds: [string, ActivationFunction][] = [
  ['linear', activations.linear],
  ['relu', activations.relu],
  ['sigmoid', activations.sigmoid],
  ['tanh', activations.tanh],
  ['softmax', x => activations.softmax(x)],
];

type Build = (x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor) => tf.Tensor;

/** Both give the same values, gradients and derivatives of gradients, to 1e-5. */
function expectSame(ours: Build, composed: Build, inputs: [tf.Tensor, tf.Tensor, tf.Tensor]): void {
  const weights = random(composed(...inputs).shape, 'weights');
  const weighted =
    (build: Build) =>
    (...given: tf.Tensor[]): tf.Scalar =>
      tf.sum(tf.mul(build(...(given as [tf.Tensor, tf.Tensor, tf.Tensor])), weights));
  const results = [ours, composed].map(build => [build(...inputs), ...tf.grads(weighted(build))(inputs)]);
  results[0]!.forEach((result, index) => {
    expect(result.shape).toEqual(results[1]![index]!.shape);
    expectClose(result.dataSync(), results[1]![index]!.dataSync(), 1e-5);
  });
}

describe('linear', () => {
  for (const [name, activation] of kinds) {
    it(`is ${name}(x · kernel + bias), with its gradient`, () => {
      tf.tidy(() => {
        for (const shape of [
          [5, 3],
          [2, 4, 3],
          [1, 2, 2, 3],
        ]) {
          const inputs: [tf.Tensor, tf.Tensor, tf.Tensor] = [random(shape, 'x'), random([3, 7], 'kernel'), random([7], 'bias')];
          const composed: Build = (x, kernel, bias) =>
            activation(
              tf.reshape(tf.add(tf.matMul(tf.reshape(x, [-1, 3]) as tf.Tensor2D, kernel as tf.Tensor2D), bias), [...shape.slice(0, -1), 7]),
            );
          expectSame((x, kernel, bias) => linear(x, kernel as tf.Tensor2D, bias, activation), composed, inputs);
        }
      });
    });
  }

  it('goes without a bias', () => {
    tf.tidy(() => {
      const [x, kernel] = [random([5, 3], 'x') as tf.Tensor2D, random([3, 2], 'kernel') as tf.Tensor2D];
      expectClose(linear(x, kernel, null, activations.relu).dataSync(), tf.relu(tf.matMul(x, kernel)).dataSync(), 1e-6);
    });
  });

  it('has second derivatives where tfjs has: that of relu(3w)² is 18 for w > 0, and 0 below', () => {
    tf.tidy(() => {
      const square = (w: tf.Tensor): tf.Tensor => tf.square(linear(tf.tensor2d([[3]]), w as tf.Tensor2D, null, activations.relu));
      const second = tf.grad(tf.grad(square));
      expect(second(tf.tensor2d([[0.4]])).dataSync()[0]).toBe(18);
      expect(second(tf.tensor2d([[-0.4]])).dataSync()[0]).toBe(0);
    });
  });

  it('lets NaN through, forward and backward', () => {
    tf.tidy(() => {
      const x = tf.tensor2d([[Number.NaN], [1]]);
      const run = (kernel: tf.Tensor): tf.Tensor => linear(x, kernel as tf.Tensor2D, null, activations.relu);
      expect(run(tf.ones([1, 1])).dataSync()[0]).toBeNaN();
      expect(
        tf
          .grad(run)(tf.ones([1, 1]))
          .dataSync()[0],
      ).toBeNaN();
    });
  });
});

describe('convolveLinear', () => {
  for (const [name, activation] of kinds) {
    it(`is ${name}(x ⋆ kernel + bias), with its gradient`, () => {
      tf.tidy(() => {
        for (const padding of ['valid', 'same'] as const) {
          for (const strides of [
            [1, 1],
            [2, 1],
          ] as [number, number][]) {
            const inputs: [tf.Tensor, tf.Tensor, tf.Tensor] = [
              random([2, 5, 4, 3], 'x'),
              random([3, 2, 3, 2], 'kernel'),
              random([2], 'bias'),
            ];
            expectSame(
              (x, kernel, bias) => convolveLinear(x as tf.Tensor4D, kernel as tf.Tensor4D, bias, { strides, padding, activation }),
              (x, kernel, bias) => activation(tf.add(tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, strides, padding), bias)),
              inputs,
            );
          }
        }
      });
    });
  }
});
