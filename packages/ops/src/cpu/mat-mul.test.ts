import { memory, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { bothKernels, expectClose, expectSameAsOriginal, sample } from './kernel.testing.js';

/** Float32 sums of up to 600 products of numbers below 1: what tfjs rounds after every 48, we round after every 256. */
const TOLERANCE = 5e-6;

/** The product in float64, from its definition. */
function textbook(a: Tensor, b: Tensor, m: number, k: number, n: number, transposeA: boolean, transposeB: boolean): Float64Array {
  const [av, bv] = [a.dataSync(), b.dataSync()];
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++)
      for (let p = 0; p < k; p++)
        out[i * n + j] = out[i * n + j]! + av[transposeA ? p * m + i : i * k + p]! * bv[transposeB ? j * k + p : p * n + j]!;
  return out;
}

const sizes = [1, 3, 4, 5, 31, 33];

describe('BatchMatMul on cpu', () => {
  for (const transposeA of [false, true])
    for (const transposeB of [false, true])
      it(`is the product at odd sizes, transposes ${transposeA}, ${transposeB}: to 5e-6 of float64 and of tfjs`, () =>
        tidy(() => {
          const attrs = { transposeA, transposeB };
          for (const m of sizes)
            for (const k of sizes)
              for (const n of sizes) {
                const a = sample(transposeA ? [1, k, m] : [1, m, k], 'a');
                const b = sample(transposeB ? [1, n, k] : [1, k, n], 'b');
                const { values } = expectSameAsOriginal('BatchMatMul', { a, b }, attrs, TOLERANCE);
                expectClose(values, textbook(a, b, m, k, n, transposeA, transposeB), TOLERANCE);
              }
        }));

  it('is the product where several blocks of rows, depth and columns meet', () =>
    tidy(() => {
      const [m, k, n] = [67, 600, 261];
      for (const [transposeA, transposeB] of [
        [false, false],
        [true, true],
      ] as const) {
        const a = sample(transposeA ? [k, m] : [m, k], 'a');
        const b = sample(transposeB ? [n, k] : [k, n], 'b');
        const { values } = bothKernels('BatchMatMul', { a, b }, { transposeA, transposeB }).ours;
        expectClose(values, textbook(a, b, m, k, n, transposeA, transposeB), 2e-5);
      }
    }));

  it('broadcasts the leading axes', () =>
    tidy(() => {
      const attrs = { transposeA: false, transposeB: false };
      expectSameAsOriginal('BatchMatMul', { a: sample([3, 5, 4], 'a'), b: sample([1, 4, 2], 'b') }, attrs, TOLERANCE);
      expectSameAsOriginal('BatchMatMul', { a: sample([5, 4], 'a'), b: sample([2, 3, 4, 2], 'b') }, attrs, TOLERANCE);
      // Both broadcast at once, which tfjs' kernel gets wrong: [2, 1] with [1, 3].
      const [a, b] = [sample([2, 1, 5, 4], 'a'), sample([1, 3, 4, 2], 'b')];
      const { ours } = bothKernels('BatchMatMul', { a, b }, attrs);
      expect(ours.shape).toEqual([2, 3, 5, 2]);
      for (let i = 0; i < 2; i++)
        for (let j = 0; j < 3; j++) {
          const expected = textbook(
            tensor(a.dataSync().slice(i * 20, i * 20 + 20)),
            tensor(b.dataSync().slice(j * 8, j * 8 + 8)),
            5,
            4,
            2,
            false,
            false,
          );
          expectClose(ours.values.slice((i * 3 + j) * 10, (i * 3 + j + 1) * 10), expected, TOLERANCE);
        }
    }));

  it('carries NaN and infinities as tfjs does, 0 · NaN and 0 · Infinity too', () =>
    tidy(() => {
      const a = sample([6, 7], 'a').dataSync().slice();
      const b = sample([7, 5], 'b').dataSync().slice();
      a[0] = Number.NaN;
      a[8] = Number.POSITIVE_INFINITY;
      a.fill(0, 14, 21);
      b[3] = Number.NEGATIVE_INFINITY;
      b[12] = Number.NaN;
      const inputs = { a: tensor(a, [6, 7]), b: tensor(b, [7, 5]) };
      const { values } = expectSameAsOriginal('BatchMatMul', inputs, { transposeA: false, transposeB: false }, TOLERANCE);
      expect([...values].filter(Number.isNaN).length).toBeGreaterThan(5);
    }));

  it('leaves int32 to tfjs, and takes tensors without elements', () =>
    tidy(() => {
      const attrs = { transposeA: false, transposeB: false };
      const a = tensor([1, 2, 3, 4, 5, 6], [2, 3], 'int32');
      expect([...expectSameAsOriginal('BatchMatMul', { a, b: tensor([1, 2, 3], [3, 1], 'int32') }, attrs, 0).values]).toEqual([14, 32]);
      for (const [m, k, n] of [
        [0, 3, 2],
        [2, 0, 3],
        [2, 3, 0],
      ] as const)
        expectSameAsOriginal('BatchMatMul', { a: sample([m, k]), b: sample([k, n]) }, attrs, 0);
    }));
});

describe('_FusedMatMul on cpu', () => {
  const a = (): Tensor => sample([1, 5, 7], 'a');
  const b = (): Tensor => sample([1, 7, 6], 'b');

  for (const activation of ['linear', 'relu', 'relu6', 'elu', 'leakyrelu', 'sigmoid', 'prelu'])
    it(`adds the bias and applies ${activation}, NaN and infinities included`, () =>
      tidy(() => {
        const bias = tensor([1, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 7], [6]);
        const attrs = { transposeA: false, transposeB: false, activation, leakyreluAlpha: 0.3 };
        const inputs = { a: a(), b: b(), bias, ...(activation === 'prelu' ? { preluActivationWeights: sample([6], 'alpha') } : {}) };
        const before = memory().numDataBuffers;
        expectSameAsOriginal('_FusedMatMul', inputs, attrs, TOLERANCE);
        expect(memory().numDataBuffers).toBe(before);
      }));

  it('takes a scalar bias and a bias of the shape of the result, or none', () =>
    tidy(() => {
      const attrs = { transposeA: false, transposeB: false, activation: 'relu' };
      for (const bias of [sample([], 'bias'), sample([5, 6], 'bias'), sample([5, 1], 'bias'), sample([1, 6], 'bias')])
        expectSameAsOriginal('_FusedMatMul', { a: a(), b: b(), bias }, attrs, TOLERANCE);
      expectSameAsOriginal('_FusedMatMul', { a: a(), b: b() }, attrs, TOLERANCE);
    }));
});
