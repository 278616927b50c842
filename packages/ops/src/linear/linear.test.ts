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

  const attributes = { strides: [1, 2] as [number, number], padding: 'same' as const };
  const shapes: [number[], string][] = [
    [[2, 4, 5, 2], 'x'],
    [[3, 2, 2, 6], 'kernel'],
    [[6], 'bias'],
  ];

  it('has second derivatives: each gradient changes as two of its values say', () => {
    tf.tidy(() => {
      // tfjs-core's tape does not lead through a saved output, so there are none of sigmoid, here as in tfjs itself.
      for (const activation of [activations.relu, activations.linear]) {
        const inputs = shapes.map(([shape, name]) => random(shape, name));
        const directions = shapes.map(([shape, name]) => random(shape, `along ${name}`));
        const value = (x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
          tf.sum(tf.pow(convolveLinear(x as tf.Tensor4D, kernel as tf.Tensor4D, bias, { ...attributes, activation }), 3));
        // d/dt of value(inputs + t · directions), a number whose gradient is compared with differences of the first gradient.
        const slope = (...given: tf.Tensor[]): tf.Tensor =>
          tf.addN(
            tf
              .grads(value)(given)
              .map((gradient, i) => tf.sum(tf.mul(gradient, directions[i]!))),
          );
        const step = 1e-2;
        const moved = (sign: number): tf.Tensor[] => inputs.map((input, i) => tf.add(input, tf.mul(directions[i]!, sign * step)));
        const [after, before] = [tf.grads(value)(moved(1)), tf.grads(value)(moved(-1))];
        tf.grads(slope)(inputs).forEach((second, i) => {
          const expected = tf.div(tf.sub(after[i]!, before[i]!), 2 * step);
          // Differences over a step of 0.02, across which some of relu's inputs change their sign, in units of the largest value.
          const scale = Math.max(1, tf.max(tf.abs(expected)).dataSync()[0]!);
          expectClose(tf.div(second, scale).dataSync(), tf.div(expected, scale).dataSync(), 5e-3);
        });
      }
    });
  });

  it('gives the gradient of one input alone as it does that of all, and keeps no tensor', () => {
    tf.tidy(() => {
      const inputs = shapes.map(([shape, name]) => random(shape, name)) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor];
      const value = (x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
        tf.sum(
          tf.square(convolveLinear(x as tf.Tensor4D, kernel as tf.Tensor4D, bias, { ...attributes, activation: activations.sigmoid })),
        );
      const all = tf.grads(value)(inputs);
      inputs.forEach((input, i) => {
        const before = tf.memory().numTensors;
        const alone = tf.grad((given: tf.Tensor) => {
          const [x, kernel, bias] = inputs.map((other, j) => (j === i ? given : other)) as [tf.Tensor, tf.Tensor, tf.Tensor];
          return value(x, kernel, bias);
        })(input);
        expect(tf.memory().numTensors).toBe(before + 1);
        expectClose(alone.dataSync(), all[i]!.dataSync(), 1e-6);
      });
    });
  });
});
