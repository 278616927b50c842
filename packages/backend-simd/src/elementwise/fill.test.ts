import { describe, expect, it } from 'vitest';
import { backends, expectSameAsCpu, runKernel, sample, sampleIntegers } from '../kernel.testing.js';

describe('Fill, ZerosLike, OnesLike', () => {
  it.each(['float32', 'int32', 'bool'] as const)('of %s', dtype => {
    for (const shape of [[], [0], [3], [33], [5, 7]]) {
      expectSameAsCpu('Fill', {}, { shape, value: 1, dtype });
      const x = dtype === 'float32' ? sample(shape) : sampleIntegers(shape, 2, dtype);
      expectSameAsCpu('ZerosLike', { x });
      expectSameAsCpu('OnesLike', { x });
    }
  });

  it('Fill with what is no whole number', () => {
    for (const value of [0.1, NaN, -Infinity]) expectSameAsCpu('Fill', {}, { shape: [9], value, dtype: 'float32' });
    expectSameAsCpu('Fill', {}, { shape: [9], value: -2.5, dtype: 'int32' });
    expectSameAsCpu('Fill', {}, { shape: [2], value: 7 });
  });
});

describe('Reshape and Identity', () => {
  it('give the same numbers under another shape, and infer a size', () => {
    const x = sample([4, 6]);
    for (const shape of [[24], [2, 3, 4], [-1, 8], [6, 4]]) expectSameAsCpu('Reshape', { x }, { shape });
    expectSameAsCpu('Reshape', { x: sample([0, 3]) }, { shape: [3, 0] });
    expectSameAsCpu('Identity', { x });
  });

  it('refuse a shape of another size in tfjs’ words', () => {
    expect(() => runKernel(backends[0]![1], 'simd', 'Reshape', { x: sample([4, 6]) }, { shape: [5, 5] })).toThrow(
      'Size(24) must match the product of shape 5,5',
    );
  });
});

describe('AddN', () => {
  it('sums in order, as cpu does', () => {
    for (const length of [0, 1, 16, 17, 8193]) {
      expectSameAsCpu('AddN', { 0: sample([length], 1), 1: sample([length], 2), 2: sample([length], 3) });
    }
    expectSameAsCpu('AddN', Object.fromEntries(Array.from({ length: 70 }, (_, i) => [i, sample([5], i + 1)])));
  });
});
