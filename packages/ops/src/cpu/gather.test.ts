import { gather, tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectSameAsOriginal, sample } from './kernel.testing.js';

describe('GatherV2 on cpu', () => {
  it('copies the slices of any axis, with indices of any shape', () =>
    tidy(() => {
      const x = sample([5, 3, 4]);
      for (const axis of [0, 1, 2, -1])
        for (const indices of [tensor([2, 0, 2], [3], 'int32'), tensor([0, 1, 2, 2], [2, 2], 'int32'), tensor(1, [], 'int32')])
          expectSameAsOriginal('GatherV2', { x, indices }, { axis, batchDims: 0 }, 0);
    }));

  it('takes a batch axis, other dtypes, and nothing', () =>
    tidy(() => {
      const indices = tensor([1, 0, 1, 1], [2, 2], 'int32');
      expectSameAsOriginal('GatherV2', { x: sample([2, 2, 3]), indices }, { axis: 1, batchDims: 1 }, 0);
      expectSameAsOriginal('GatherV2', { x: tensor([1, 2, 3], [3], 'int32'), indices }, { axis: 0, batchDims: 0 }, 0);
      expectSameAsOriginal('GatherV2', { x: tensor([true, false], [2], 'bool'), indices }, { axis: 0, batchDims: 0 }, 0);
      expectSameAsOriginal('GatherV2', { x: sample([2, 3]), indices: tensor([], [0], 'int32') }, { axis: 0, batchDims: 0 }, 0);
    }));

  it('keeps tfjs’ words for an index that is outside', () =>
    tidy(() => {
      expect(() => gather(sample([3, 2]), tensor1d([0, 3], 'int32'))).toThrow('GatherV2: the index value 3 is not in [0, 2]');
    }));
});
