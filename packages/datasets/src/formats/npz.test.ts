import { isJogakError } from '@jogak/ops';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, golden } from './golden.testing.js';
import { readNpz } from './npz.js';

describe('readNpz', () => {
  it('reads stored arrays', () => {
    const file = readNpz(fromBase64(golden.npz));
    expect(file.names).toEqual(['x', 'y']);
    expect(file.read('x')).toEqual({ data: Int32Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3], dtype: 'int32' });
    expect(file.read('y')).toEqual({ data: Float64Array.of(0.5, -0.25), shape: [2], dtype: 'float64' });
  });

  it('reads deflated arrays, of objects too', () => {
    const file = readNpz(fromBase64(golden.npzCompressed));
    expect(file.read('x')).toMatchObject({ shape: [2, 3], dtype: 'int32' });
    expect(file.read('lists')).toEqual({ values: [[1], [2, 3]], shape: [2], dtype: 'object' });
  });

  it('says which array is not there', () => {
    expect(() => readNpz(fromBase64(golden.npz), 'a.npz').read('z')).toThrow('a.npz has no array z; it has x, y');
  });

  it('says that a file is truncated, or is another', () => {
    const bytes = fromBase64(golden.npz);
    for (const wrong of [bytes.slice(0, -1), Uint8Array.of(...bytes, 0), new Uint8Array(9)])
      expect(() => readNpz(wrong, 'a.npz')).toThrow(
        'a.npz is not a zip file, is truncated, or has bytes after its end: the record that ends one is not there',
      );
  });

  it('says that an array is corrupted', () => {
    const bytes = fromBase64(golden.npz);
    const last = Buffer.from(bytes).indexOf(Uint8Array.of(5, 0, 0, 0, 6, 0, 0, 0)); // of the matrix's elements
    bytes[last]! ^= 0x10;
    expect(() => readNpz(bytes, 'a.npz').read('x')).toThrow('x.npy in a.npz is corrupted: its size and CRC-32 do not match what it holds');
  });

  it('answers any bytes with arrays or a FormatError', () => {
    const original = fromBase64(golden.npzCompressed);
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.nat(255), (at, byte) => {
        const bytes = original.slice();
        bytes[at] = byte;
        try {
          const file = readNpz(bytes);
          for (const name of file.names) file.read(name);
        } catch (error) {
          if (!isJogakError(error, 'format')) throw error;
        }
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});
