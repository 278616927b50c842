import * as ops from '@jogak/ops';
import { afterEach, describe, expect, it } from 'vitest';
import { expectClose, expectResults, expectSameAsCpu, floats, sample, type Values } from '../kernel.testing.js';

const EPSILON = 1e-3;

/** Mean, variance and normalized values of some of the numbers, in float64. */
function normal(values: readonly number[]): { mean: number; variance: number; normalized: number[] } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance, normalized: values.map(value => (value - mean) / Math.sqrt(variance + EPSILON)) };
}

/** The gradient by a group of numbers of Σ dy · normalized: (d − mean d − n · mean(d · n)) / σ. */
function slope(values: readonly number[], d: readonly number[]): number[] {
  const { variance, normalized } = normal(values);
  const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const product = mean(d.map((value, i) => value * normalized[i]!));
  return d.map((value, i) => (value - mean(d) - normalized[i]! * product) / Math.sqrt(variance + EPSILON));
}

/** Numbers around 3, as after an activation: means are not small beside deviations. */
const shifted = (shape: readonly number[], seed: number): Values =>
  floats(
    sample(shape, seed).values.map(value => 3 + 2 * value),
    shape,
  );

const sizes = [
  [1, 1],
  [5, 3],
  [33, 10],
  [257, 16],
  [1030, 31],
  [4099, 4],
  [31, 260],
] as const;

describe('JogakBatchNorm', () => {
  it('has the values and gradients of float64 loops, to 2e-5', () => {
    for (const [rows, channels] of sizes) {
      const x = shifted([rows, channels], 1);
      const [gamma, beta, dy] = [shifted([channels], 2), sample([channels], 3), sample([rows, channels], 4)];
      const column = (v: Values, c: number): number[] => Array.from({ length: rows }, (_, row) => v.values[row * channels + c]!);
      const all = Array.from({ length: channels }, (_, c) => normal(column(x, c)));
      const y = x.values.map(
        (_, i) => all[i % channels]!.normalized[Math.floor(i / channels)]! * gamma.values[i % channels]! + beta.values[i % channels]!,
      );
      const mean = floats(all.map(one => one.mean));
      const variance = floats(all.map(one => one.variance));
      expectResults('JogakBatchNorm', { x, gamma, beta }, { epsilon: EPSILON }, [floats(y, x.shape), mean, variance], 2e-5);
      const slopes = all.map((_, c) => slope(column(x, c), column(dy, c)));
      const dx = x.values.map((_, i) => slopes[i % channels]![Math.floor(i / channels)]! * gamma.values[i % channels]!);
      const dGamma = all.map((one, c) => column(dy, c).reduce((sum, d, row) => sum + d * one.normalized[row]!, 0));
      const dBeta = all.map((_, c) => column(dy, c).reduce((sum, d) => sum + d, 0));
      const expected = [floats(dx, x.shape), floats(dGamma), floats(dBeta)];
      expectResults('JogakBatchNormGrad', { x, dy, gamma, mean, variance }, { epsilon: EPSILON }, expected, 2e-5);
    }
  });

  it('loses no digits where the mean is a thousand times the deviation', () => {
    const x = floats(
      sample([5000, 2], 7).values.map(value => 1000 + value),
      [5000, 2],
    );
    const of = (c: number): number => normal([...x.values].filter((_, i) => i % 2 === c)).variance;
    ops.setBackend('simd');
    const variance = ops.tidy(() =>
      ops.normalizeBatch(ops.tensor(x.values as Float32Array, [5000, 2]), null, null, 1, EPSILON).variance.dataSync(),
    );
    expectClose(variance, [of(0), of(1)], 1e-4);
  });
});

describe('JogakLayerNorm', () => {
  it('has the values and gradients of float64 loops, to 2e-5', () => {
    for (const [columns, rows] of sizes) {
      const x = shifted([rows, columns], 1);
      const [gamma, beta, dy] = [shifted([columns], 2), sample([columns], 3), sample([rows, columns], 4)];
      const row = (v: Values, r: number): number[] => [...v.values.slice(r * columns, (r + 1) * columns)];
      const all = Array.from({ length: rows }, (_, r) => normal(row(x, r)));
      const y = all.flatMap(one => one.normalized.map((value, c) => value * gamma.values[c]! + beta.values[c]!));
      const mean = floats(all.map(one => one.mean));
      const inverse = floats(all.map(one => 1 / Math.sqrt(one.variance + EPSILON)));
      expectResults('JogakLayerNorm', { x, gamma, beta }, { epsilon: EPSILON }, [floats(y, x.shape), mean, inverse], 2e-5);
      const scaled = (r: number): number[] => row(dy, r).map((d, c) => d * gamma.values[c]!);
      const dx = all.flatMap((_, r) => slope(row(x, r), scaled(r)));
      const over = (f: (r: number, c: number) => number): Values =>
        floats(Array.from({ length: columns }, (_, c) => all.reduce((sum, _one, r) => sum + f(r, c), 0)));
      const dGamma = over((r, c) => dy.values[r * columns + c]! * all[r]!.normalized[c]!);
      const dBeta = over((r, c) => dy.values[r * columns + c]!);
      const expected = [floats(dx, x.shape), dGamma, dBeta];
      expectResults('JogakLayerNormGrad', { x, dy, gamma, mean, inverse }, { epsilon: EPSILON }, expected, 2e-5);
    }
  });
});

describe('FusedBatchNorm', () => {
  it('is that of cpu to 1e-6, with and without scale and offset', () => {
    for (const channels of [1, 4, 10, 33]) {
      const x = sample([3, 5, 7, channels]);
      const [mean, scale, offset] = [sample([channels], 2), sample([channels], 3), sample([channels], 4)];
      const variance = floats(sample([channels], 5).values.map(value => value + 1.5));
      const attrs = { varianceEpsilon: 0.01 };
      expectSameAsCpu('FusedBatchNorm', { x, mean, variance, scale, offset }, attrs, 1e-6);
      expectSameAsCpu('FusedBatchNorm', { x, mean, variance, offset }, attrs, 1e-6);
      expectSameAsCpu('FusedBatchNorm', { x, mean, variance, scale }, {}, 1e-6);
    }
  });
});

describe('normalizations of @jogak/ops', () => {
  afterEach(() => {
    ops.setBackend('cpu');
  });

  it('are on simd what they are on cpu, with their gradients, to 1e-5, and leave no tensor behind', () => {
    const x = shifted([4, 3, 6], 1);
    const tensor = (values: Values): ops.Tensor => ops.tensor(values.values.slice() as Float32Array, [...values.shape]);
    for (const normalize of [
      (v: ops.Tensor, gamma: ops.Tensor, beta: ops.Tensor) => ops.normalizeBatch(v, gamma, beta, 2, EPSILON).y,
      (v: ops.Tensor, gamma: ops.Tensor, beta: ops.Tensor) => ops.normalizeLayer(v, gamma, beta, [2], EPSILON),
    ]) {
      const [expected, actual] = ['cpu', 'simd'].map(backend => {
        ops.setBackend(backend);
        const before = ops.memory().numTensors;
        const results = ops.tidy(() => {
          const inputs = [tensor(x), tensor(shifted([6], 2)), tensor(sample([6], 3))];
          const weighted = (v: ops.Tensor, gamma: ops.Tensor, beta: ops.Tensor): ops.Tensor =>
            ops.sum(ops.mul(normalize(v, gamma, beta), tensor(sample([4, 3, 6], 9))));
          return [weighted(inputs[0]!, inputs[1]!, inputs[2]!), ...ops.grads(weighted)(inputs)].map(result => result.dataSync());
        });
        expect(ops.memory().numTensors).toBe(before);
        return results;
      });
      for (const [index, values] of actual!.entries()) expectClose(values, expected![index]!, 1e-5);
    }
  });
});
