import { describe, expect, it } from 'vitest';
import { DataError, hostArray, isHostArray, memory, oneHotArray, scaleArray, sliceRows, tidy, toTensor } from './index.js';

describe('scaleArray', () => {
  it('is each number times the factor, rounded to float32, on the host and as a tensor', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const expected = Float32Array.from(bytes, byte => byte / 255);
    const scaled = scaleArray(hostArray(bytes, [16, 16]), 1 / 255);
    expect(isHostArray(scaled)).toBe(true);
    expect([scaled.shape, scaled.dtype]).toEqual([[16, 16], 'float32']);
    expect(tidy(() => toTensor(scaled).dataSync())).toEqual(expected.map((_, i) => i * (1 / 255)));
    expect(scaled.data).toEqual(expected.map((_, i) => i * (1 / 255)));
    expect(sliceRows(scaled, 1, 2).data).toEqual(scaled.data.slice(16, 32));
  });

  it('takes 64-bit integers, too', () => {
    expect(scaleArray(hostArray(BigInt64Array.of(3n, -4n)), 0.5).data).toEqual(Float32Array.of(1.5, -2));
  });
});

describe('oneHotArray', () => {
  it('has a vector for each id, on the host and as a tensor', () => {
    const array = oneHotArray(hostArray(Int32Array.of(2, 0, 1, 1), [2, 2]), 3);
    expect(array.shape).toEqual([2, 2, 3]);
    const expected = Float32Array.of(0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0);
    expect(array.data).toEqual(expected);
    tidy(() => {
      const made = toTensor(array);
      expect([made.shape, made.dtype]).toEqual([[2, 2, 3], 'float32']);
      expect(made.dataSync()).toEqual(expected);
    });
  });

  it('leaves one tensor behind', () => {
    const before = memory().numTensors;
    const tensor = toTensor(oneHotArray(hostArray(Int32Array.of(1)), 2));
    expect(memory().numTensors).toBe(before + 1);
    tensor.dispose();
  });

  it('refuses an id that has no place, at once', () => {
    for (const id of [-1, 3, 0.5, Number.NaN])
      expect(() => oneHotArray(hostArray(Float32Array.of(0, id)), 3)).toThrow(
        new DataError(`id ${id} is out of range: ids must be 0 to 2`),
      );
  });
});
