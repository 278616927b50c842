import { describe, expect, it } from 'vitest';
import {
  averagePool2d,
  concat,
  conv2d,
  exp,
  gather,
  grads,
  logSoftmax,
  losses,
  matMul,
  maxPool,
  mean,
  memory,
  mul,
  permutation,
  randomKey,
  type Scalar,
  softmax,
  split,
  sum,
  type Tensor,
  type Tensor4D,
  tanh,
  tensor,
  tidy,
  transpose,
} from './index.js';

/** Values from -1 to 1 at even distances, in an order drawn from `name`: no two pixels of a pooling window are within 4 · {@link STEP}. */
function sample(name: string, shape: number[]): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor(
    Float32Array.from(permutation(randomKey(3, name), size), position => (2 * position + 1) / size - 1),
    shape,
  );
}

/** Large, because values are float32: their rounding, 6e-8 of a sum near 1, is divided by it. */
const STEP = 2 ** -7;

/**
 * Gradient of `f` with respect to each input, by central differences. The output is multiplied by `weights` and added up in float64, so that only
 * the op itself is computed in float32.
 */
function differences(f: (...x: Tensor[]) => Tensor, inputs: Tensor[], weights: ArrayLike<number>): number[][] {
  const weighted = (values: Tensor[]): number => {
    const output = f(...values).dataSync();
    let total = 0;
    for (let i = 0; i < output.length; i++) total += output[i]! * weights[i]!;
    return total;
  };
  return inputs.map((input, which) =>
    Array.from(input.dataSync(), (value, i) => {
      const moved = (by: number): number =>
        tidy(() => {
          const values = input.dataSync().slice();
          values[i] = value + by;
          return weighted(inputs.with(which, tensor(values, input.shape)));
        });
      // Fourth order: the error of the step is STEP⁴ times the fifth derivative.
      return (8 * (moved(STEP) - moved(-STEP)) - (moved(2 * STEP) - moved(-2 * STEP))) / (12 * STEP);
    }),
  );
}

const labels = tensor([0, 1, 0, 0, 0.5, 0.5], [2, 3]);
const ids = tensor([2, 0, 2, 2], [2, 2], 'int32');

const cases: [string, (...x: Tensor[]) => Tensor, number[][]][] = [
  ['sum', x => sum(x, [0, 2]), [[2, 3, 4]]],
  ['mean', x => mean(x, 1), [[2, 3, 4]]],
  ['tanh', x => tanh(x), [[3, 4]]],
  ['exp, broadcast multiplication', (x, y) => mul(exp(x), y), [[3, 4], [4]]],
  [
    'matMul',
    (a, b) => matMul(a, b),
    [
      [3, 4],
      [4, 5],
    ],
  ],
  [
    'matMul, both transposed',
    (a, b) => matMul(a, b, true, true),
    [
      [4, 3],
      [5, 4],
    ],
  ],
  [
    'conv2d, same',
    (x, w) => conv2d(x as Tensor4D, w as Tensor4D, 1, 'same'),
    [
      [2, 4, 5, 2],
      [3, 3, 2, 3],
    ],
  ],
  [
    'conv2d, strides 2, valid',
    (x, w) => conv2d(x as Tensor4D, w as Tensor4D, 2, 'valid'),
    [
      [1, 7, 6, 2],
      [3, 2, 2, 2],
    ],
  ],
  ['averagePool2d, same', x => averagePool2d(x as Tensor4D, [3, 2], [2, 1], 'same'), [[2, 5, 5, 2]]],
  ['averagePool2d, wider than the image', x => averagePool2d(x as Tensor4D, [4, 5], [3, 3], 'same'), [[1, 2, 3, 2]]],
  ['averagePool2d, valid', x => averagePool2d(x as Tensor4D, [3, 2], [2, 1], 'valid'), [[2, 5, 5, 2]]],
  ['maxPool', x => maxPool(x as Tensor4D, 2, 2, 'same'), [[1, 5, 4, 2]]],
  ['gather', x => gather(x, ids), [[3, 4]]],
  ['transpose, split and concat', x => concat(split(transpose(x), 2, 1).toReversed(), 1), [[4, 3]]],
  ['softmax', x => softmax(x), [[2, 3]]],
  ['logSoftmax', x => logSoftmax(x), [[2, 3]]],
  ['softmax cross-entropy', x => losses.softmaxCrossEntropy(labels, x), [[2, 3]]],
];

describe('gradients, in Node', () => {
  for (const [name, f, shapes] of cases)
    it(`of ${name} agrees with central differences to 1e-4, and leaks nothing`, () => {
      const before = memory().numTensors;
      tidy(() => {
        const inputs = shapes.map((shape, i) => sample(`${name} ${i}`, shape));
        const weights = sample(`${name} weights`, f(...inputs).shape);
        const analytic = grads((...x: Tensor[]) => sum(mul(f(...x), weights)) as Scalar)(inputs);
        const numerical = differences(f, inputs, weights.dataSync());
        numerical.forEach((expected, which) => {
          const actual = analytic[which]!.dataSync();
          expected.forEach((value, i) => {
            expect(Math.abs(actual[i]! - value), `${name}, input ${which}, element ${i}`).toBeLessThanOrEqual(
              1e-4 * Math.max(1, Math.abs(value)),
            );
          });
        });
      });
      expect(memory().numTensors).toBe(before);
    });
});
