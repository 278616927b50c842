import { describe, expect, it } from 'vitest';
import { parseIdx } from './idx.js';

const idx = (type: number, shape: readonly number[], content: readonly number[]): Uint8Array =>
  Uint8Array.of(0, 0, type, shape.length, ...shape.flatMap(size => [0, 0, 0, size]), ...content);

describe('parseIdx', () => {
  it('reads every element type, big-endian', () => {
    expect(parseIdx(idx(8, [1, 2], [1, 255]))).toEqual({ data: Uint8Array.of(1, 255), shape: [1, 2], dtype: 'uint8' });
    expect(parseIdx(idx(9, [2], [1, 255]))).toEqual({ data: Int8Array.of(1, -1), shape: [2], dtype: 'int8' });
    expect(parseIdx(idx(11, [1], [1, 2]))).toEqual({ data: Int16Array.of(258), shape: [1], dtype: 'int16' });
    expect(parseIdx(idx(12, [1], [255, 255, 255, 254]))).toEqual({ data: Int32Array.of(-2), shape: [1], dtype: 'int32' });
    expect(parseIdx(idx(13, [1], [0x3f, 0xc0, 0, 0]))).toEqual({ data: Float32Array.of(1.5), shape: [1], dtype: 'float32' });
    expect(parseIdx(idx(14, [1], [0x3f, 0xf8, 0, 0, 0, 0, 0, 0]))).toEqual({ data: Float64Array.of(1.5), shape: [1], dtype: 'float64' });
  });

  it('says what is wrong with a file', () => {
    expect(() => parseIdx(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), 'a')).toThrow(
      'a is not an IDX file: it begins with 80 75 3 4, not with 0 0, an element type (8, 9, 11 to 14) and a rank',
    );
    expect(() => parseIdx(idx(8, [2, 2], [1, 2, 3]), 'a')).toThrow(
      'a is truncated: its header says uint8 [2, 2], 16 bytes in all; it has 15',
    );
    expect(() => parseIdx(idx(8, [1], [1, 2]), 'a')).toThrow(
      'a has bytes after its end: its header says uint8 [1], 9 bytes in all; it has 10',
    );
    expect(() => parseIdx(Uint8Array.of(0, 0, 8, 3, 0, 0), 'a')).toThrow('a is truncated: 4 bytes are needed at offset 4, and 2 are left');
  });

  it('allocates nothing on the word of a header', () => {
    expect(() => parseIdx(Uint8Array.of(0, 0, 14, 2, 255, 255, 255, 255, 255, 255, 255, 255, 1), 'a')).toThrow(
      'a is truncated: its header says float64 [4294967295, 4294967295]',
    );
  });
});
