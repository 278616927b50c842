import { hostArray } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { RaggedArray } from '../text/ragged.js';
import { trainTestSplit } from './train-test-split.js';

const count = 100;
/** Sample i is [i, −i], of class 0 for every fifth one, else 1. */
const x = hostArray(
  Int32Array.from({ length: 2 * count }, (_, i) => (i % 2 ? -(i >> 1) : i >> 1)),
  [count, 2],
);
const y = hostArray(Uint8Array.from({ length: count }, (_, i) => (i % 5 ? 1 : 0)));
const samplesOf = (array: { data: ArrayLike<number | bigint> }): number[] =>
  Array.from(array.data as Int32Array).filter((_, i) => i % 2 === 0);
const zeros = (array: { data: ArrayLike<number | bigint> }): number =>
  Array.from(array.data as Uint8Array).filter(label => label === 0).length;

describe('trainTestSplit', () => {
  it('puts every sample into one part, with its label', () => {
    const { train, test } = trainTestSplit({ x, y }, { testSize: 0.2, seed: 3 });
    expect([train.x.shape, train.y.shape, test.x.shape, test.y.shape]).toEqual([[80, 2], [80], [20, 2], [20]]);
    expect([...samplesOf(train.x), ...samplesOf(test.x)].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
    expect([...(train.y.data as Uint8Array)]).toEqual(samplesOf(train.x).map(i => (i % 5 ? 1 : 0)));
  });

  it('depends on the seed alone', () => {
    const split = (seed: number) => samplesOf(trainTestSplit({ x, y }, { seed }).test.x);
    expect(split(1)).toEqual(split(1));
    expect(split(1)).not.toEqual(split(2));
  });

  it('stratifies: the same share of every class, mixed', () => {
    const { train, test } = trainTestSplit({ x, y }, { testSize: 20, stratify: true, seed: 1 });
    expect([zeros(train.y), zeros(test.y)]).toEqual([16, 4]);
    expect(samplesOf(train.x)).not.toEqual([...samplesOf(train.x)].sort((a, b) => a - b));
    const uneven = trainTestSplit({ x, y }, { testSize: 33, stratify: true, seed: 1 });
    expect([zeros(uneven.test.y), uneven.test.y.shape]).toEqual([7, [33]]); // 6.6 and 26.4
  });

  it('takes the last ones without shuffling', () =>
    expect(samplesOf(trainTestSplit({ x, y }, { testSize: 3, shuffle: false }).test.x)).toEqual([97, 98, 99]));

  it('splits sequences', () => {
    const texts = RaggedArray.from([[1], [2, 2], [3, 3, 3], []]);
    const { train, test } = trainTestSplit({ x: texts, y: hostArray(Uint8Array.of(0, 1, 2, 3)) }, { testSize: 2, shuffle: false });
    expect([train.x.toArray(), test.x.toArray()]).toEqual([
      [[1], [2, 2]],
      [[3, 3, 3], []],
    ]);
  });

  it('says what is wrong', () => {
    expect(() => trainTestSplit({ x, y: hostArray(Uint8Array.of(1)) })).toThrow('trainTestSplit has 100 samples and 1 labels');
    expect(() => trainTestSplit({ x, y }, { testSize: 101 })).toThrow(
      'trainTestSplit: testSize must be a share below 1 or a number of the 100 samples; got 101',
    );
    expect(() => trainTestSplit({ x, y }, { testSize: 100 })).toThrow('100 samples with testSize 100 leave the training part empty');
    expect(() => trainTestSplit({ x, y }, { testSize: 0.001 })).toThrow('100 samples with testSize 0.001 leave the test part empty');
    expect(() => trainTestSplit({ x, y }, { stratify: true, shuffle: false })).toThrow('trainTestSplit: stratify needs shuffle');
    expect(() => trainTestSplit({ x, y: x }, { stratify: true })).toThrow('to stratify, y must be [n], a class a sample; got [100, 2]');
  });
});
