import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { bothKernels, expectSameAsOriginal, sample } from './kernel.testing.js';

const specials = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1, -2.5, 100, -100, 1e-40, 3e38];

/** Every special value beside every other. */
function pairs(): { a: Tensor; b: Tensor } {
  const a = specials.flatMap(value => specials.map(() => value));
  const b = specials.flatMap(() => specials);
  return { a: tensor(a, [a.length]), b: tensor(b, [b.length]) };
}

const shapes: [number[], number[]][] = [
  [[], []],
  [[5], []],
  [[], [4, 3]],
  [
    [31, 33],
    [31, 33],
  ],
  [[2, 5, 4, 10], [10]],
  [[3], [4, 5, 3]],
  [
    [7, 5],
    [7, 1],
  ],
  [
    [1, 5],
    [7, 1],
  ],
  [
    [2, 3, 4, 5],
    [2, 1, 4, 1],
  ],
  [
    [2, 1, 4, 1],
    [1, 3, 1, 5],
  ],
  [
    [0, 3],
    [1, 3],
  ],
  [[4, 0], []],
];

// Zeros keep their signs too: expectSameAsOriginal compares to 0, and the infinities of 1 / ±0 are among the pairs of RealDiv.
for (const kernelName of ['Add', 'Sub', 'Multiply', 'RealDiv', 'Maximum', 'Minimum', 'SquaredDifference'])
  describe(`${kernelName} on cpu`, () => {
    it('has every bit of tfjs’ result, however the shapes broadcast', () =>
      tidy(() => {
        for (const [aShape, bShape] of shapes) expectSameAsOriginal(kernelName, { a: sample(aShape, 'a'), b: sample(bShape, 'b') }, {}, 0);
      }));

    it('has tfjs’ result for NaN, infinities, signed zeros and extremes, and for int32', () =>
      tidy(() => {
        expectSameAsOriginal(kernelName, { ...pairs() }, {}, 0);
        expectSameAsOriginal(kernelName, { a: tensor([7, -3], [2], 'int32'), b: tensor([2, 4], [2], 'int32') }, {}, 0);
      }));

    it('says that shapes do not broadcast', () =>
      expect(() => bothKernels(kernelName, { a: sample([2]), b: sample([3]) })).toThrow(
        'Operands could not be broadcast together with shapes 2 and 3.',
      ));
  });

for (const [kernelName, attrs] of [
  ['Relu', {}],
  ['Step', { alpha: 0 }],
  ['Step', { alpha: 0.3 }],
  ['Sigmoid', {}],
  ['Tanh', {}],
  ['Exp', {}],
  ['Square', {}],
  ['Sqrt', {}],
  ['Neg', {}],
] as const)
  describe(`${kernelName} ${JSON.stringify(attrs)} on cpu`, () => {
    it('has every bit of tfjs’ result, for NaN, infinities, signed zeros and extremes too', () =>
      tidy(() => {
        for (const x of [sample([31, 33]), sample([]), sample([0, 3]), tensor(specials)]) expectSameAsOriginal(kernelName, { x }, attrs, 0);
        expectSameAsOriginal(kernelName, { x: tensor([4, -9, 0], [3], 'int32') }, attrs, 0);
      }));
  });
