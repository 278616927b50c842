import './engine.js';
import { describe, expect, it } from 'vitest';
import { DataError } from './errors.js';
import { fromTensor, hostArray, sliceRows, takeRows, toTensor } from './host-array.js';

describe('fromTensor', () => {
  it('gives back what toTensor was given, in memory of its own', () => {
    const array = hostArray(Int32Array.of(1, -2, 3, 4), [2, 2]);
    const tensor = toTensor(array);
    const back = fromTensor(tensor);
    expect(back).toEqual(array);
    expect(back.data.buffer).not.toBe(tensor.dataSync().buffer);
    tensor.dispose();
  });
});

describe('toTensor', () => {
  it('reads half precision, and bytes as int32', () => {
    const half = toTensor(hostArray(Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7c00), [4], 'float16'));
    expect([half.dtype, ...half.dataSync()]).toEqual(['float32', 1, -2, 2 ** -24, Number.POSITIVE_INFINITY]);
    const bytes = toTensor(hostArray(Uint8Array.of(0, 255)));
    expect([bytes.dtype, ...bytes.dataSync()]).toEqual(['int32', 0, 255]);
    half.dispose();
    bytes.dispose();
  });

  it.each([[BigInt64Array.of(1n, 2n ** 31n)], [Uint32Array.of(1, 2 ** 31)]])('refuses integers that int32 cannot hold', data => {
    expect(() => toTensor(hostArray(data))).toThrow(
      new DataError('element 1 is 2147483648, which an int32 tensor cannot hold; convert the array to float32 first'),
    );
  });
});

describe('rows', () => {
  const array = hostArray(Int32Array.of(1, 2, 3, 4, 5, 6), [3, 2]);

  it('are copied by takeRows and viewed by sliceRows', () => {
    expect(takeRows(array, [2, 0])).toEqual(hostArray(Int32Array.of(5, 6, 1, 2), [2, 2]));
    expect(takeRows(array, [0]).data.buffer).not.toBe(array.data.buffer);
    expect(sliceRows(array, 1, 9)).toEqual(hostArray(Int32Array.of(3, 4, 5, 6), [2, 2]));
    expect(sliceRows(array, 1, 2).data.buffer).toBe(array.data.buffer);
  });
});
