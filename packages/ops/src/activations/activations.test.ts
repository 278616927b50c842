import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as tf from '../index.js';
import { activationName, activations, ConfigError, getActivation, memory, ShapeError } from '../index.js';

interface Golden {
  x: number[][];
  weights: number[];
  cases: { name: string; options: Record<string, unknown>; shape: number[]; output: number[]; gradient: number[] }[];
}

const golden: Golden = JSON.parse(readFileSync(new URL('../../../../tools/golden/activations.json', import.meta.url), 'utf8'));
const camelCase = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const byName: ReadonlyMap<string, (x: tf.Tensor, options?: object) => tf.Tensor> = new Map(
  Object.entries(activations) as [string, (x: tf.Tensor, options?: object) => tf.Tensor][],
);

describe.each(golden.cases)('$name $options', ({ name, options, shape, output, gradient }) => {
  it("has Keras' values and gradients, within 1e-5 of 1 or of the value", () => {
    const camelOptions = Object.fromEntries(Object.entries(options).map(([key, value]) => [camelCase(key), value]));
    const run = (x: tf.Tensor) => byName.get(camelCase(name))!(x, camelOptions);
    const size = output.length;
    tf.tidy(() => {
      const x = tf.tensor2d(golden.x);
      const before = memory().numTensors;
      const y = run(x);
      expect(memory().numTensors - before).toBeLessThanOrEqual(1);
      expect(y.shape).toEqual(shape);
      expectClose(y.dataSync(), output);
      const weights = tf.tensor(golden.weights.slice(0, size), shape);
      expectClose(
        tf
          .grad((input: tf.Tensor) => tf.sum(tf.mul(run(input), weights)))(x)
          .dataSync(),
        gradient,
      );
    });
  });
});

function expectClose(actual: ArrayLike<number>, expected: number[]): void {
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(actual[i]! - value), `element ${i}`).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(value)));
  }
}

describe('sparsemax', () => {
  const row = [-1.4, -0.9, -0.3, -0.05];
  // Of the two largest, each less the threshold t with (−0.3 − t) + (−0.05 − t) = 1.
  const expected = [0, 0, 0.375, 0.625];

  it('is the nearest point of the simplex, along any axis', () => {
    tf.tidy(() => {
      expectClose(activations.sparsemax(tf.tensor1d(row)).dataSync(), expected);
      expectClose(activations.sparsemax(tf.tensor2d(row, [4, 1]), { axis: 0 }).dataSync(), expected);
      expectClose(activations.sparsemax(tf.tensor1d([60, -60, 0])).dataSync(), [1, 0, 0]);
    });
  });

  it('has the gradient of that projection: on its support, less the mean there', () => {
    tf.tidy(() => {
      const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(activations.sparsemax(x), [5, 7, 1, 2])))(tf.tensor1d(row));
      expectClose(gradient.dataSync(), [0, 0, -0.5, 0.5]);
    });
  });
});

describe('getActivation', () => {
  it("knows Keras' names and those in camelCase", () => {
    expect(getActivation('hard_sigmoid')).toBe(activations.hardSigmoid);
    expect(getActivation('hardSigmoid')).toBe(activations.hardSigmoid);
    expect(getActivation('swish')).toBe(activations.silu);
    expect(getActivation('log_softmax')).toBe(activations.logSoftmax);
  });

  it('gives a function back', () => {
    const square = (x: tf.Tensor) => tf.square(x);
    expect(getActivation(square)).toBe(square);
  });

  it('names the likeliest, or all, when there is no such activation', () => {
    expect(() => getActivation('sigmod')).toThrow(new ConfigError('there is no activation "sigmod"; did you mean "sigmoid"?'));
    expect(() => getActivation('step function')).toThrow(
      new ConfigError(
        'there is no activation "step function"; there are: celu, elu, exponential, gelu, glu, hardShrink, hardSigmoid, hardSilu, ' +
          'hardSwish, hardTanh, leakyRelu, legacyHardSigmoid, linear, logSigmoid, logSoftmax, mish, relu, relu6, selu, sigmoid, silu, softShrink, softmax, softplus, ' +
          'softsign, sparsePlus, sparseSigmoid, sparsemax, squareplus, swish, tanh, tanhShrink',
      ),
    );
  });
});

describe('legacyHardSigmoid', () => {
  it('is a fifth of x and a half, cut to 0 and 1', () =>
    tf.tidy(() => {
      const x = tf.tensor1d([-3, -2.5, -1, 0, 1, 2.5, 3]);
      expectClose(activations.legacyHardSigmoid(x).dataSync(), [0, 0, 0.3, 0.5, 0.7, 1, 1]);
      expectClose(tf.grad(activations.legacyHardSigmoid)(x).dataSync(), [0, 0.2, 0.2, 0.2, 0.2, 0.2, 0]);
    }));
});

describe('activationName', () => {
  it.each([...byName.keys()].filter(name => name !== 'threshold'))('names %s as Keras does, so that getActivation finds it again', name => {
    const activation = getActivation(name);
    const kerasName = activationName(activation);
    expect(kerasName).toMatch(/^[a-z0-9_]+$/);
    if (!['sparsemax', 'legacyHardSigmoid'].includes(name)) expect(golden.cases.map(({ name }) => name)).toContain(kerasName);
    expect(getActivation(kerasName)).toBe(activation);
  });

  it('writes one name for a function that has two', () => {
    expect(activationName(activations.swish)).toBe('silu');
    expect(activationName(activations.hardSwish)).toBe('hard_silu');
  });

  it("says why one's own function has none", () => {
    const square = (x: tf.Tensor) => tf.square(x);
    expect(() => activationName(square)).toThrow(
      /^the function square is not one of the named activations, so it cannot be written into a config; use one of: celu, elu, /,
    );
  });
});

describe('axes', () => {
  it('must be there', () => {
    expect(() => activations.softmax(tf.zeros([2, 3]), { axis: 2 })).toThrow(
      new ShapeError('softmax needs an axis of its input; got axis 2 and shape [2, 3]'),
    );
  });

  it('must be even for glu', () => {
    expect(() => activations.glu(tf.zeros([2, 3]))).toThrow(
      new ShapeError('glu halves axis -1, whose size must be even; got shape [2, 3]'),
    );
  });
});
