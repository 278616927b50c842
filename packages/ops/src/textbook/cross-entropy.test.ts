import { describe, expect, it } from 'vitest';
import { ShapeError } from '../errors.js';
import {
  sigmoid,
  sigmoidCrossEntropy,
  sigmoidCrossEntropyGradient,
  softmax,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
} from './cross-entropy.js';
import { largestDifference, numericalGradient, testValues } from './numerical.testing.js';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('softmax cross-entropy', () => {
  const logits = testValues<number[][]>([3, 4]);
  const targets = [
    [1, 0, 0, 0],
    [0, 0, 1, 0],
    [0.1, 0.2, 0.3, 0.5],
  ];

  it('of equal logits is the logarithm of the number of classes', () => {
    expect(softmax([5, 5])).toEqual([0.5, 0.5]);
    expect(softmaxCrossEntropy([[7, 7, 7, 7]], [[0, 1, 0, 0]])[0]).toBeCloseTo(Math.log(4), 14);
  });

  it('stays finite however large the logits', () => {
    expect(softmax([1000, -1000])).toEqual([1, 0]);
    expect(softmaxCrossEntropy([[1000, -1000]], [[0, 1]])).toEqual([2000]);
  });

  it('has the gradient its values imply, also where targets do not sum to one', () => {
    const numerical = numericalGradient(moved => sum(softmaxCrossEntropy(moved, targets)), logits);
    expect(largestDifference(softmaxCrossEntropyGradient(logits, targets), numerical)).toBeLessThan(1e-9);
  });

  it('says what does not fit', () =>
    expect(() => softmaxCrossEntropy([[1, 2]], [[1]])).toThrow(new ShapeError('softmaxCrossEntropy: logits are [1, 2], targets [1, 1]')));
});

describe('sigmoid cross-entropy', () => {
  it('of a zero logit is log 2', () => {
    expect(sigmoid(0)).toBe(0.5);
    expect(sigmoidCrossEntropy([0, 0], [0, 1])).toEqual([Math.log(2), Math.log(2)]);
  });

  it('stays finite however large the logits', () => {
    expect([sigmoid(-1000), sigmoid(1000)]).toEqual([0, 1]);
    expect(sigmoidCrossEntropy([1000, -1000], [0, 1])).toEqual([1000, 1000]);
    expect(sigmoidCrossEntropy([1000, -1000], [1, 0])).toEqual([0, 0]);
  });

  it('has the gradient its values imply', () => {
    const [logits, targets] = [testValues<number[]>([5]), [0, 1, 1, 0, 0.3]];
    const numerical = numericalGradient(moved => sum(sigmoidCrossEntropy(moved, targets)), logits);
    expect(largestDifference(sigmoidCrossEntropyGradient(logits, targets), numerical)).toBeLessThan(1e-9);
  });

  it('says what does not fit', () =>
    expect(() => sigmoidCrossEntropy([1, 2], [1])).toThrow(new ShapeError('sigmoidCrossEntropy: 2 logits, 1 targets')));
});
