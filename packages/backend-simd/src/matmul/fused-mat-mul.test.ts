import { describe, expect, it } from 'vitest';
import { expectSameAsCpu, floats, sample } from '../kernel.testing.js';

const attrs = (activation: string): object => ({ transposeA: false, transposeB: false, activation, leakyreluAlpha: 0.3 });
/** For sums of up to 40 products of numbers below 1. */
const TOLERANCE = 2e-6;

describe('_FusedMatMul', () => {
  it('adds a bias and applies an activation, as on cpu', () => {
    for (const activation of ['linear', 'relu', 'relu6', 'leakyrelu', 'elu', 'sigmoid']) {
      for (const [rows, columns] of [
        [1, 1],
        [5, 3],
        [33, 10],
        [32, 100],
      ] as const) {
        const a = sample([1, rows, 40]);
        const b = sample([1, 40, columns], 2);
        a.values.set(a.values.map(value => 2 * value));
        for (const bias of [undefined, sample([columns], 3), sample([1, columns], 3), sample([1], 3), sample([rows, columns], 3)]) {
          expectSameAsCpu('_FusedMatMul', { a, b, bias }, attrs(activation), TOLERANCE);
        }
      }
    }
  });

  it('applies them to transposed products and to every matrix of a batch', () => {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        const a = sample(transposeA ? [3, 40, 7] : [3, 7, 40]);
        const b = sample(transposeB ? [3, 18, 40] : [3, 40, 18], 2);
        expectSameAsCpu('_FusedMatMul', { a, b, bias: sample([18], 3) }, { ...attrs('relu6'), transposeA, transposeB }, TOLERANCE);
        const one = floats(b.values.subarray(0, 720), transposeB ? [1, 18, 40] : [1, 40, 18]);
        expectSameAsCpu('_FusedMatMul', { a, b: one, bias: sample([18], 3) }, { ...attrs('relu'), transposeA, transposeB }, TOLERANCE);
      }
    }
  });

  it('multiplies what is negative by the weights of prelu', () => {
    const inputs = { a: sample([1, 9, 40]), b: sample([1, 40, 10], 2), bias: sample([10], 3) };
    for (const shape of [[10], [1, 9, 10]]) {
      expectSameAsCpu('_FusedMatMul', { ...inputs, preluActivationWeights: sample(shape, 4) }, attrs('prelu'), TOLERANCE);
    }
  });

  it('keeps NaN and infinities through activations', () => {
    const a = floats([1, NaN, 0, 0, 1, 0, -1, 0], [4, 2]);
    const b = floats([Infinity, -1, 0, 1, 2, 3], [2, 3]);
    for (const activation of ['linear', 'relu', 'relu6', 'leakyrelu']) {
      const [result] = expectSameAsCpu('_FusedMatMul', { a, b, bias: floats([0, 1, 0]) }, attrs(activation), TOLERANCE);
      expect([...result!.values].filter(Number.isNaN).length).toBeGreaterThanOrEqual(3);
    }
  });
});
