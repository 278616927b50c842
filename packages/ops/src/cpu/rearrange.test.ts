import { engine, type NamedTensorInfoMap, type Tensor, type TensorInfo, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { originalKernel, registeredKernel } from './kernel.js';
import { expectSameAsOriginal, sample } from './kernel.testing.js';

function permutations(axes: number[]): number[][] {
  return axes.length === 0 ? [[]] : axes.flatMap(axis => permutations(axes.filter(other => other !== axis)).map(rest => [axis, ...rest]));
}

/** Our and tfjs' kernels with several outputs give the same. */
function expectSameParts(kernelName: string, inputs: Record<string, Tensor>, attrs: Record<string, number | number[]>): void {
  const backend = engine().backend;
  const [ours, original] = [registeredKernel(kernelName), originalKernel(kernelName)].map(kernelFunc =>
    (kernelFunc({ inputs: inputs as NamedTensorInfoMap, backend, attrs }) as TensorInfo[]).map(({ dataId, shape, dtype }) => {
      const values = [...(backend.readSync(dataId) as Float32Array)];
      backend.disposeData(dataId);
      return { shape, dtype, values };
    }),
  );
  expect(ours).toEqual(original);
}

describe('Transpose on cpu', () => {
  it('is that of tfjs for every permutation', () =>
    tidy(() => {
      for (const shape of [[2, 3, 4, 5], [31, 33], [3, 1, 4], [5], [], [0, 2]])
        for (const perm of permutations(shape.map((_, axis) => axis))) expectSameAsOriginal('Transpose', { x: sample(shape) }, { perm }, 0);
      expectSameAsOriginal('Transpose', { x: tensor([1, 2, 3, 4, 5, 6], [2, 3], 'int32') }, { perm: [1, 0] }, 0);
    }));
});

describe('Slice on cpu', () => {
  it('is that of tfjs, contiguous or not', () =>
    tidy(() => {
      const x = sample([4, 5, 6]);
      for (const [begin, size] of [
        [
          [0, 0, 0],
          [4, 5, 6],
        ],
        [
          [1, 0, 0],
          [2, 5, 6],
        ],
        [
          [1, 2, 3],
          [1, 1, 2],
        ],
        [
          [0, 1, 2],
          [4, 3, 3],
        ],
        [
          [3, 4, 5],
          [1, 1, 1],
        ],
        [
          [0, 0, 2],
          [4, 5, 0],
        ],
        [
          [1, 2],
          [3, -1],
        ],
      ])
        expectSameAsOriginal('Slice', { x }, { begin: begin!, size: size! }, 0);
      expectSameAsOriginal('Slice', { x: tensor([1, 2, 3, 4], [2, 2], 'int32') }, { begin: [0, 1], size: [2, 1] }, 0);
    }));
});

describe('SplitV and Unpack on cpu', () => {
  it('are those of tfjs along every axis', () =>
    tidy(() => {
      const x = sample([4, 6, 2]);
      for (const axis of [0, 1, 2, -2]) {
        expectSameParts('SplitV', { x }, { numOrSizeSplits: 2, axis });
        expectSameParts('Unpack', { value: x }, { axis });
      }
      expectSameParts('SplitV', { x }, { numOrSizeSplits: [1, 3, 2], axis: 1 });
      expectSameParts('SplitV', { x }, { numOrSizeSplits: [1, -1], axis: 0 });
      expectSameParts('Unpack', { value: tensor([1, 2, 3, 4], [2, 2], 'int32') }, { axis: 1 });
    }));
});
