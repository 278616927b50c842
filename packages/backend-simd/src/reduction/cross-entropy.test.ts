import * as ops from '@jogak/ops';
import { afterAll, describe, expect, it } from 'vitest';
import { expectClose, expectResults, floats, sample, sampleIntegers, type Values } from '../kernel.testing.js';

const EPSILON = 1e-7;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const kept = (p: number): number => Math.min(Math.max(p, EPSILON), 1 - EPSILON);
const logSum = (x: readonly number[]): number => Math.max(...x) + Math.log(sum(x.map(value => Math.exp(value - Math.max(...x)))));

/** The value of a row, in float64. */
const rules: Record<string, (targets: readonly number[], x: readonly number[]) => number> = {
  softmax: (t, x) => -sum(t.map((target, i) => target * (x[i]! - logSum(x)))),
  sparseSoftmax: ([label], x) => (x[label!] === undefined ? 0 : logSum(x) - x[label!]!),
  sigmoid: (t, x) => sum(x.map((value, i) => Math.max(value, 0) - value * t[i]! + Math.log1p(Math.exp(-Math.abs(value))))) / x.length,
  categorical: (t, x) => -sum(t.map((target, i) => target * Math.log(kept(x[i]! / sum(x))))),
  sparseCategorical: ([label], x) => -Math.log(kept((x[label!] ?? 0) / sum(x))),
  binary: (t, x) => -sum(x.map((p, i) => t[i]! * Math.log(kept(p)) + (1 - t[i]!) * Math.log(1 - kept(p)))) / x.length,
};

/** Values and gradients, the latter by central differences. */
function reference(kind: string, targets: Values, predictions: Values, shape: readonly number[]): [Values, Values] {
  const rule = rules[kind]!;
  const columns = predictions.values.length / targetRows(shape);
  const perRow = targets.values.length / targetRows(shape);
  const values: number[] = [];
  const gradient: number[] = [];
  for (let row = 0; row < targetRows(shape); row++) {
    const t = [...targets.values.slice(row * perRow, (row + 1) * perRow)];
    const x = [...predictions.values.slice(row * columns, (row + 1) * columns)];
    values.push(rule(t, x));
    for (let i = 0; i < columns; i++) {
      const at = (by: number): number =>
        rule(
          t,
          x.map((value, j) => (i === j ? value + by : value)),
        );
      gradient.push((at(1e-6) - at(-1e-6)) / 2e-6);
    }
  }
  return [floats(values, shape), floats(gradient, predictions.shape)];
}

const targetRows = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

/** Numbers from 0.02 to 1. */
const probabilities = (shape: readonly number[], seed: number): Values =>
  floats(
    sample(shape, seed).values.map(value => 0.51 + 0.49 * value),
    shape,
  );

describe('JogakCrossEntropy', () => {
  it('has the values of float64 and the gradients of central differences, to 1e-5, of every kind', () => {
    for (const [rows, columns] of [
      [1, 1],
      [3, 2],
      [32, 10],
      [5, 31],
      [7, 33],
      [300, 1],
    ] as const) {
      const shape = [rows];
      const logits = sample([rows, columns], 3);
      const p = probabilities([rows, columns], 4);
      const dense = probabilities([rows, columns], 5);
      const attrs = { columns, shape, epsilon: EPSILON, forGradient: true };
      const labels = sampleIntegers([rows], columns, 'int32');
      const flags = sampleIntegers([rows, columns], 2, 'int32');
      for (const [kind, targets, predictions] of [
        ['softmax', dense, logits],
        ['softmax', flags, logits],
        ['sparseSoftmax', labels, logits],
        ['sigmoid', dense, logits],
        ['sigmoid', flags, logits],
        ['categorical', dense, p],
        ['categorical', flags, p],
        ['sparseCategorical', labels, p],
        ['binary', dense, p],
        ['binary', flags, p],
      ] as const) {
        const expected = reference(kind, targets, predictions, shape);
        expectResults('JogakCrossEntropy', { targets, predictions }, { ...attrs, kind }, expected, 1e-5);
        expectResults('JogakCrossEntropy', { targets, predictions }, { ...attrs, kind, forGradient: false }, [expected[0]], 1e-5);
      }
    }
  });

  it('has no loss and no gradient for a number that is no class, against logits', () => {
    const targets: Values = { shape: [2], dtype: 'int32', values: Int32Array.of(-1, 3) };
    const expected = [floats([0, 0]), floats(new Float32Array(6), [2, 3])];
    const attrs = { kind: 'sparseSoftmax', columns: 3, shape: [2], epsilon: 0, forGradient: true };
    expectResults('JogakCrossEntropy', { targets, predictions: sample([2, 3]) }, attrs, expected, 0);
  });
});

describe('cross-entropy of @jogak/ops', () => {
  afterAll(() => ops.setBackend('cpu'));

  /** Values, and the gradient of their weighted sum, on a backend. */
  function on(backend: string, loss: (targets: ops.Tensor, x: ops.Tensor) => ops.Tensor, targets: Values, x: Values): number[][] {
    ops.setBackend(backend);
    return ops.tidy(() => {
      const label = ops.tensor(targets.values.slice() as Float32Array, [...targets.shape], targets.dtype);
      const input = ops.tensor(x.values.slice() as Float32Array, [...x.shape]);
      const weighted = (value: ops.Tensor): ops.Tensor => ops.sum(ops.mul(loss(label, value), ops.range(1, x.shape[0]! + 1)));
      return [loss(label, input), ops.grad(weighted)(input)].map(result => [...result.dataSync()]);
    });
  }

  it('is on simd what it is on cpu, with its gradient, to 1e-6 of the largest; certain and impossible classes too', () => {
    const labels = sampleIntegers([6], 4);
    const flags = sampleIntegers([6], 2);
    const p = probabilities([6, 4], 4);
    p.values.set([0, 1, 0, 0, 1, 0, 0, 0, 1e-8, 1, 0, 0]);
    for (const [loss, targets, x] of [
      [ops.sparseCategoricalCrossEntropy, labels, p],
      [ops.categoricalCrossEntropy, probabilities([6, 4], 5), p],
      [ops.sparseSoftmaxCrossEntropyWithLogits, labels, sample([6, 4])],
      [ops.softmaxCrossEntropyWithLogits, probabilities([6, 4], 5), sample([6, 4])],
      [ops.binaryCrossEntropy, flags, floats([0, 1, 0.5, 1e-8, 0.3, 1], [6, 1])],
      [(t: ops.Tensor, v: ops.Tensor) => ops.binaryCrossEntropy(t, v, { fromLogits: true }), flags, sample([6, 1])],
    ] as const) {
      const expected = on('cpu', loss, targets, x);
      on('simd', loss, targets, x).forEach((actual, order) => {
        const largest = Math.max(1, ...expected[order]!.map(Math.abs));
        expectClose(
          actual.map(value => value / largest),
          expected[order]!.map(value => value / largest),
          1e-6,
          `derivative ${order} of ${loss.name}`,
        );
      });
    }
  });

  it('has the second derivative that logits of a yes or no have, to 1e-6', () => {
    ops.setBackend('simd');
    const x = [0.3, -2, 5];
    const second = ops.tidy(() => {
      const slope = ops.grad((v: ops.Tensor) => ops.sum(ops.sigmoidCrossEntropyWithLogits(ops.tensor([1, 0, 1]), v)));
      return ops
        .grad((v: ops.Tensor) => ops.sum(slope(v)))(ops.tensor(x))
        .dataSync();
    });
    const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));
    expectClose(
      second,
      x.map(v => sigmoid(v) * (1 - sigmoid(v))),
      1e-6,
    );
  });

  it('has the gradients by its labels on simd that it has on cpu, to 1e-6, and leaves no tensor behind', () => {
    for (const loss of [
      ops.softmaxCrossEntropyWithLogits,
      ops.sigmoidCrossEntropyWithLogits,
      ops.categoricalCrossEntropy,
      (t: ops.Tensor, x: ops.Tensor) => ops.binaryCrossEntropy(t, x),
    ]) {
      const [expected, actual] = ['cpu', 'simd'].map(backend => {
        ops.setBackend(backend);
        const predictions = ops.tensor([0.5, 0.2, 0.1, 0.9], [2, 2]);
        const tensors = ops.memory().numTensors;
        const slope = ops.grad((labels: ops.Tensor) => ops.sum(ops.mul(loss(labels, predictions), 3)));
        const gradient = ops.tidy(() => slope(ops.tensor([0, 1, 0.5, 0.5], [2, 2])).dataSync());
        expect(ops.memory().numTensors).toBe(tensors);
        predictions.dispose();
        return gradient;
      });
      expectClose(actual!, expected!, 1e-6);
    }
  });
});

describe('JogakAccuracy', () => {
  it('counts what is right, with the first of equal ones, and of how many', () => {
    const predictions = floats([0.1, 0.7, 0.7, 0.2, 0.3, 0.5, NaN, 0, 1], [3, 3]);
    const labels = (...values: number[]): Values => ({ shape: [values.length], dtype: 'int32', values: Int32Array.from(values) });
    const attrs = { columns: 3, threshold: 0.5 };
    expectResults('JogakAccuracy', { targets: labels(1, 2, 0), predictions }, { ...attrs, kind: 'sparse' }, [floats([3, 3])], 0);
    expectResults('JogakAccuracy', { targets: labels(2, 1, 2), predictions }, { ...attrs, kind: 'sparse' }, [floats([0, 3])], 0);
    const oneHot = floats([0, 1, 0, 0, 1, 0, 1, 0, 0], [3, 3]);
    expectResults('JogakAccuracy', { targets: oneHot, predictions }, { ...attrs, kind: 'categorical' }, [floats([2, 3])], 0);
    // Above 0.5: 0 1 1, 0 0 0, 0 0 1.
    expectResults('JogakAccuracy', { targets: oneHot, predictions }, { ...attrs, kind: 'binary' }, [floats([5, 9])], 0);
    const flags = labels(0, 1, 1, 0, 0, 0, 0, 0, 1);
    expectResults('JogakAccuracy', { targets: flags, predictions }, { ...attrs, kind: 'binary' }, [floats([9, 9])], 0);
  });
});
