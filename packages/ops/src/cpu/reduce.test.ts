import { tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { bothKernels, expectSameAsOriginal, sample } from './kernel.testing.js';

/** All sets of axes of a tensor of this rank, the empty one included. */
function axisSets(rank: number): number[][] {
  return Array.from({ length: 2 ** rank }, (_, bits) => Array.from({ length: rank }, (_, axis) => axis).filter(axis => bits & (1 << axis)));
}

for (const kernelName of ['Sum', 'Mean'])
  describe(`${kernelName} on cpu`, () => {
    it('agrees with tfjs to 1e-6 over every set of axes, kept or not', () =>
      tidy(() => {
        for (const shape of [[3, 1, 4, 5], [31, 33], [7], []])
          for (const axis of axisSets(shape.length))
            for (const keepDims of [false, true]) expectSameAsOriginal(kernelName, { x: sample(shape) }, { axis, keepDims }, 1e-6);
      }));

    it('agrees with tfjs on NaN, infinities, int32, bool, and nothing', () =>
      tidy(() => {
        const x = tensor([1, Number.NaN, Number.POSITIVE_INFINITY, 1, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], [3, 2]);
        for (const axis of [[0], [1], [0, 1]]) expectSameAsOriginal(kernelName, { x }, { axis, keepDims: false }, 0);
        expectSameAsOriginal(kernelName, { x: tensor([1, 2, 3, 4], [2, 2], 'int32') }, { axis: [0], keepDims: false }, 0);
        expectSameAsOriginal(kernelName, { x: tensor([true, true, false], [3], 'bool') }, { axis: [0], keepDims: false }, 1e-6);
        expectSameAsOriginal(kernelName, { x: sample([0, 3]) }, { axis: [0], keepDims: false }, 0);
        expectSameAsOriginal(kernelName, { x: sample([3, 0]) }, { axis: [0], keepDims: true }, 0);
      }));
  });

it('Sum on cpu rounds 100,001 numbers once', () => {
  const x = tensor(new Float32Array(100_001).fill(0.1), [100_001, 1]);
  const { values } = bothKernels('Sum', { x }, { axis: [0], keepDims: false }).ours;
  expect(values[0]).toBeCloseTo(100_001 * Math.fround(0.1), 2);
});
