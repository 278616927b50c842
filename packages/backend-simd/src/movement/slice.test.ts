import { describe, it } from 'vitest';
import { expectResults, expectSameAsCpu, floats, sample, sampleIntegers } from '../kernel.testing.js';

describe('Slice', () => {
  it('is that of cpu, of any box', () => {
    for (const [begin, size] of [
      [
        [0, 0, 0],
        [5, 33, 7],
      ],
      [
        [2, 0, 0],
        [2, 33, 7],
      ],
      [
        [1, 3, 2],
        [3, 20, 5],
      ],
      [
        [0, 32, 6],
        [5, 1, 1],
      ],
      [
        [0, 0, 0],
        [0, 33, 7],
      ],
    ])
      expectSameAsCpu('Slice', { x: sample([5, 33, 7]) }, { begin, size });
    expectSameAsCpu('Slice', { x: sample([70001]) }, { begin: [3], size: [69998] });
    expectSameAsCpu('Slice', { x: sampleIntegers([9, 200], 2, 'bool') }, { begin: [1, 5], size: [7, 190] });
  });
});

describe('StridedSlice', () => {
  const masks = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 };

  it('takes axes away and puts them in', () => {
    // cpu's kernel fails here.
    const x = sample([7, 9]);
    const at = (i: number, j: number): number => x.values[i * 9 + j]!;
    const taken = { begin: [1, 2], end: [2, 8], strides: [1, 2], ...masks, shrinkAxisMask: 1 };
    expectResults('StridedSlice', { x }, taken, [floats([at(1, 2), at(1, 4), at(1, 6)])], 0);
    const put = { begin: [0, 0, 2], end: [0, 5, 9], strides: [1, 4, 4], ...masks, newAxisMask: 1 };
    expectResults('StridedSlice', { x }, put, [floats([at(0, 2), at(0, 6), at(4, 2), at(4, 6)], [1, 2, 2])], 0);
    const all = { begin: [0, 2], end: [0, 9], strides: [1, 3], ...masks, ellipsisMask: 1 };
    const columns = [0, 1, 2, 3, 4, 5, 6].flatMap(i => [at(i, 2), at(i, 5), at(i, 8)]);
    const none = { begin: [4, 0], end: [2, 9], strides: [1, 1], ...masks };
    expectResults('StridedSlice', { x }, none, [floats([], [0, 9])], 0);
    expectResults('StridedSlice', { x }, all, [floats(columns, [7, 3])], 0);
  });

  it('is that of cpu, forwards and backwards', () => {
    const x = sample([7, 9, 11]);
    expectSameAsCpu('StridedSlice', { x }, { begin: [1, 0, 2], end: [7, 9, 10], strides: [2, 3, 1], ...masks });
    expectSameAsCpu('StridedSlice', { x }, { begin: [6, 8, 0], end: [0, 1, 11], strides: [-2, -1, 4], ...masks });
    expectSameAsCpu('StridedSlice', { x }, { begin: [0, 0, 0], end: [7, 9, 11], strides: [1, 1, 1], ...masks });
    expectSameAsCpu('StridedSlice', { x }, { begin: [0, 0, 0], end: [0, 0, 0], strides: [1, 1, 2], ...masks, beginMask: 7, endMask: 7 });
  });
});

describe('SplitV and Unpack', () => {
  it('are those of cpu, along any axis', () => {
    for (const axis of [0, 1, 2, -1]) {
      expectSameAsCpu('SplitV', { x: sample([4, 6, 8]) }, { numOrSizeSplits: 2, axis });
      expectSameAsCpu('Unpack', { value: sample([4, 6, 8]) }, { num: [4, 6, 8].at(axis), axis });
    }
    expectSameAsCpu('SplitV', { x: sample([5, 33]) }, { numOrSizeSplits: [1, 31, 1], axis: 1 });
    expectSameAsCpu('Unpack', { value: sampleIntegers([5, 3], 2, 'bool') }, { num: 3, axis: 1 });
  });
});
