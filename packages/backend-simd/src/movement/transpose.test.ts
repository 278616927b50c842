import { describe, it } from 'vitest';
import { expectSameAsCpu, sample, sampleIntegers } from '../kernel.testing.js';

describe('Transpose', () => {
  it('is that of cpu, of matrices of all sizes, of stacks of them, and of up to six axes', () => {
    for (const [rows, columns] of [
      [1, 5],
      [3, 4],
      [4, 4],
      [5, 31],
      [33, 129],
      [130, 7],
      [257, 131],
    ]) {
      expectSameAsCpu('Transpose', { x: sample([rows!, columns!]) }, { perm: [1, 0] });
      expectSameAsCpu('Transpose', { x: sample([2, rows!, columns!]) }, { perm: [0, 2, 1] });
    }
    for (const perm of [
      [0, 3, 1, 2],
      [0, 2, 3, 1],
      [3, 2, 1, 0],
      [1, 0, 2, 3],
      [0, 1, 3, 2],
      [0, 1, 2, 3],
    ])
      expectSameAsCpu('Transpose', { x: sample([2, 5, 9, 4]) }, { perm });
    expectSameAsCpu('Transpose', { x: sample([2, 3, 4, 5, 2, 3]) }, { perm: [5, 2, 0, 4, 1, 3] });
    expectSameAsCpu('Transpose', { x: sample([2, 3, 4, 5, 2, 3]) }, { perm: [1, 0, 3, 2, 5, 4] });
  });

  it('takes integers, truth values, nothing, and axes of size 1', () => {
    expectSameAsCpu('Transpose', { x: sampleIntegers([33, 18], 1000) }, { perm: [1, 0] });
    expectSameAsCpu('Transpose', { x: sampleIntegers([33, 18], 2, 'bool') }, { perm: [1, 0] });
    expectSameAsCpu('Transpose', { x: sample([3, 0]) }, { perm: [1, 0] });
    expectSameAsCpu('Transpose', { x: sample([1, 7, 1, 3, 1]) }, { perm: [4, 3, 2, 1, 0] });
  });
});

describe('Reverse', () => {
  it('is that of cpu, over any axes', () => {
    for (const dims of [[0], [2], [0, 2], [1], [0, 1, 2], [-1], []]) expectSameAsCpu('Reverse', { x: sample([4, 5, 33]) }, { dims });
    expectSameAsCpu('Reverse', { x: sampleIntegers([4, 5], 2, 'bool') }, { dims: [1] });
    expectSameAsCpu('Reverse', { x: sample([]) }, { dims: [] });
  });
});

describe('Tile', () => {
  it('is that of cpu, along any axes', () => {
    for (const reps of [
      [1, 1, 1],
      [2, 1, 1],
      [1, 3, 1],
      [1, 1, 4],
      [2, 3, 2],
      [0, 1, 1],
    ])
      expectSameAsCpu('Tile', { x: sample([3, 5, 7]) }, { reps });
    expectSameAsCpu('Tile', { x: sample([3, 1]) }, { reps: [1, 33] });
    expectSameAsCpu('Tile', { x: sample([2, 2, 2, 2, 2]) }, { reps: [2, 2, 2, 2, 2] });
  });
});

describe('DepthToSpace, SpaceToBatchND and BatchToSpaceND', () => {
  it('are those of cpu', () => {
    expectSameAsCpu('DepthToSpace', { x: sample([2, 3, 5, 12]) }, { blockSize: 2, dataFormat: 'NHWC' });
    expectSameAsCpu(
      'SpaceToBatchND',
      { x: sample([2, 4, 6, 3]) },
      {
        blockShape: [2, 3],
        paddings: [
          [0, 0],
          [0, 0],
        ],
      },
    );
    expectSameAsCpu(
      'SpaceToBatchND',
      { x: sample([2, 3, 5, 3]) },
      {
        blockShape: [2, 3],
        paddings: [
          [0, 1],
          [1, 0],
        ],
      },
    );
    expectSameAsCpu(
      'BatchToSpaceND',
      { x: sample([12, 2, 2, 3]) },
      {
        blockShape: [2, 3],
        crops: [
          [0, 0],
          [0, 0],
        ],
      },
    );
    expectSameAsCpu(
      'BatchToSpaceND',
      { x: sample([12, 2, 2, 3]) },
      {
        blockShape: [2, 3],
        crops: [
          [1, 0],
          [0, 2],
        ],
      },
    );
  });
});
