import { describe, expect, it } from 'vitest';
import { backends, expectResults, expectSameAsCpu, floats, runKernel, sample, sampleIntegers, type Values } from '../kernel.testing.js';

const ints = (values: readonly number[], shape: readonly number[] = [values.length]): Values => ({
  shape,
  dtype: 'int32',
  values: Int32Array.from(values),
});

describe('GatherV2', () => {
  it('is that of cpu, along any axis, with ids of any shape', () => {
    for (const axis of [0, 1, 2])
      expectSameAsCpu('GatherV2', { x: sample([5, 5, 5]), indices: sampleIntegers([2, 3], 5) }, { axis, batchDims: 0 });
    for (const dim of [1, 3, 32, 33]) {
      const indices = sampleIntegers([32, 20], 1000);
      expectSameAsCpu('GatherV2', { x: sample([1000, dim]), indices }, { axis: 0, batchDims: 0 });
    }
    expectSameAsCpu('GatherV2', { x: sampleIntegers([9, 4], 100), indices: ints([8, 0, 8]) }, { axis: 0, batchDims: 0 });
    expectSameAsCpu('GatherV2', { x: sample([9, 4]), indices: ints([], [0]) }, { axis: 0, batchDims: 0 });
  });

  it('takes ids of their own for each batch', () => {
    expectSameAsCpu('GatherV2', { x: sample([3, 7, 5]), indices: sampleIntegers([3, 4], 7) }, { axis: 1, batchDims: 1 });
    expectSameAsCpu('GatherV2', { x: sample([3, 2, 7, 5]), indices: sampleIntegers([3, 4], 7) }, { axis: 2, batchDims: 1 });
  });

  it('refuses an id that is no row, with the words of cpu', () => {
    for (const [, backend] of backends) {
      for (const id of [-1, 9]) {
        expect(() => runKernel(backend, 'simd', 'GatherV2', { x: sample([9, 4]), indices: ints([0, id]) }, { axis: 0 })).toThrow(
          `GatherV2: the index value ${id} is not in [0, 8]`,
        );
      }
    }
  });
});

describe('UnsortedSegmentSum', () => {
  it('adds up the rows of each segment, to 2e-6 of float64, and drops those of none', () => {
    for (const [rows, columns, numSegments] of [
      [3200, 32, 1000],
      [3200, 33, 7],
      [100, 5, 31],
      [5000, 3, 5000],
      [1, 1, 1],
      [7, 130, 3],
    ]) {
      const x = sample([rows!, columns!], 4);
      const segmentIds = sampleIntegers([rows!], numSegments! + 1);
      segmentIds.values[0] = -1;
      const sums = new Float64Array(numSegments! * columns!);
      segmentIds.values.forEach((id, row) => {
        for (let c = 0; id >= 0 && id < numSegments! && c < columns!; c++)
          sums[id * columns! + c] = sums[id * columns! + c]! + x.values[row * columns! + c]!;
      });
      expectResults('UnsortedSegmentSum', { x, segmentIds }, { numSegments }, [floats(sums, [numSegments!, columns!])], 2e-5);
    }
  });

  it('keeps NaN and infinities in their own segments', () => {
    const x = floats([NaN, 1, Infinity, 2, -Infinity, 3], [3, 2]);
    const expected = floats([NaN, 1, NaN, 5, 0, 0], [3, 2]);
    expectResults('UnsortedSegmentSum', { x, segmentIds: ints([0, 1, 1]) }, { numSegments: 3 }, [expected], 0);
  });
});

describe('OneHot', () => {
  it('is that of cpu, with any two values; an id that is no class has none', () => {
    for (const [count, depth] of [
      [32, 10],
      [300, 100],
      [5, 1],
      [0, 3],
    ]) {
      const indices = sampleIntegers([count!], depth! + 2);
      expectSameAsCpu('OneHot', { indices }, { depth, onValue: 1, offValue: 0, dtype: 'float32' });
      expectSameAsCpu('OneHot', { indices }, { depth, onValue: 0.25, offValue: NaN, dtype: 'float32' });
      expectSameAsCpu('OneHot', { indices }, { depth, onValue: 7, offValue: -2, dtype: 'int32' });
    }
    expectSameAsCpu('OneHot', { indices: ints([-1, 0, 5], [1, 3]) }, { depth: 2, onValue: 1, offValue: 0, dtype: 'float32' });
  });
});
