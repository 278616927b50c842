import { DataError, type HostArray, hostArray, tensor2d } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { toArrays } from './data.js';

describe('toArrays', () => {
  it('says where data sets go', () => {
    expect(() => toArrays({ async *[Symbol.asyncIterator]() {} } as never, ['input'], 'x')).toThrow(
      new DataError('x must be arrays, not a data set: give one to fit or evaluateDataset, or go through its batches with for await'),
    );
  });

  it('takes nested lists, tensors and host arrays, and gives host arrays of the same values', () => {
    const expected = { shape: [2, 2], values: [1, 2, 3, 4] };
    const tensor = tensor2d([
      [1, 2],
      [3, 4],
    ]);
    const forms = [
      [
        [1, 2],
        [3, 4],
      ],
      tensor,
      hostArray(Uint8Array.of(1, 2, 3, 4), [2, 2]),
    ];
    for (const form of forms) {
      const [array] = toArrays(form, ['x'], 'x') as [HostArray];
      expect({ shape: array.shape, values: [...array.data] }).toEqual(expected);
    }
    tensor.dispose();
  });

  it('copies a tensor, so that disposing of it takes nothing away', () => {
    const tensor = tensor2d([[5]]);
    const [array] = toArrays(tensor, ['x'], 'x') as [HostArray];
    tensor.dispose();
    expect([...array.data]).toEqual([5]);
  });

  it('puts arrays that are given by name into the model’s order', () => {
    const arrays = toArrays({ b: [[2]], a: [[1]] }, ['a', 'b'], 'x');
    expect(arrays.map(array => array.data[0])).toEqual([1, 2]);
  });

  it.each([
    [
      'ragged lists',
      () => toArrays([[1, 2], [3]], ['x'], 'x'),
      'x must be lists of equal length, 2 at this depth; got 1 elements at x[1]. Pad sequences first (padSequences)',
    ],
    ['texts among numbers', () => toArrays([[1], ['two']] as never, ['x'], 'x'), 'x must hold numbers; got "two" at x[1][0]'],
    [
      'numbers without a shape',
      () => toArrays(Float32Array.of(1, 2) as never, ['x'], 'x'),
      'x must have a shape: give hostArray(x, [samples, …]) instead of a Float32Array',
    ],
    ['a name that is no input', () => toArrays({ z: [[1]] }, ['a', 'b'], 'x'), 'x has no "z" in this model; there are: a, b'],
    ['a missing name', () => toArrays({ a: [[1]] }, ['a', 'b'], 'x'), 'x lacks "b"'],
    ['too few arrays', () => toArrays([hostArray(Float32Array.of(1))], ['a', 'b'], 'y'), 'y must have 2 arrays, "a", "b"; got 1'],
    [
      'arrays of different length',
      () => toArrays([[[1], [2]], [[1]]], ['a', 'b'], 'x'),
      'x "b" has 1 samples, "a" 2: all must have as many',
    ],
    [
      'null',
      () => toArrays(null as never, ['x'], 'x'),
      'x must be a tensor, a host array, nested lists of numbers, or several of these; got object',
    ],
  ])('says what is wrong with %s', (_, give, message) => {
    expect(give).toThrow(new DataError(message));
  });
});
