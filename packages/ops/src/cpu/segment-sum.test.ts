import { tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { bothKernels, expectSameAsOriginal, sample } from './kernel.testing.js';

describe('UnsortedSegmentSum on cpu', () => {
  it('adds the rows of each segment, drops those of none, and gives 0 to segments without rows', () =>
    tidy(() => {
      const x = tensor([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]);
      const segmentIds = tensor([2, 0, 2, -1], [4], 'int32');
      expect([...bothKernels('UnsortedSegmentSum', { x, segmentIds }, { numSegments: 4 }).ours.values]).toEqual([3, 4, 0, 0, 6, 8, 0, 0]);
    }));

  it('is that of tfjs, to 1e-6, for rows of any rank and ids out of range', () =>
    tidy(() => {
      const segmentIds = tensor([4, 0, -1, 3, 3, 9, 4, 3, 0, 5, 1], [11], 'int32');
      for (const shape of [[11], [11, 5], [11, 3, 4], [11, 0]])
        expectSameAsOriginal('UnsortedSegmentSum', { x: sample(shape), segmentIds }, { numSegments: 6 }, 1e-6);
      expectSameAsOriginal('UnsortedSegmentSum', { x: sample([0, 3]), segmentIds: tensor([], [0], 'int32') }, { numSegments: 2 }, 0);
    }));

  it('leaves int32 to tfjs', () =>
    tidy(() => {
      const x = tensor([1, 2, 3], [3], 'int32');
      expectSameAsOriginal('UnsortedSegmentSum', { x, segmentIds: tensor([1, 1, 0], [3], 'int32') }, { numSegments: 2 }, 0);
    }));

  it('keeps NaN and infinities in their own segments', () =>
    tidy(() => {
      const x = tensor([1, Number.NaN, Number.POSITIVE_INFINITY, 4], [4]);
      const segmentIds = tensor([0, 1, 2, 0], [4], 'int32');
      const { values } = bothKernels('UnsortedSegmentSum', { x, segmentIds }, { numSegments: 3 }).ours;
      expect([...values]).toEqual([5, Number.NaN, Number.POSITIVE_INFINITY]);
    }));

  it('loses nothing of a small row among 100,000 ones of the same segment', () =>
    tidy(() => {
      const x = tensor(new Float32Array(100_001).fill(0.1), [100_001]);
      const segmentIds = tensor(new Int32Array(100_001), [100_001], 'int32');
      const [sum] = bothKernels('UnsortedSegmentSum', { x, segmentIds }, { numSegments: 1 }).ours.values;
      expect(sum).toBe(Math.fround(100_001 * Math.fround(0.1)));
    }));
});
