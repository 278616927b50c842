import type { HostArray } from '@jogak/ops';
import { halfToNumber } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { fromBase64, golden } from './golden.testing.js';
import { parseNpy } from './npy.js';

const dtypes: Readonly<Record<string, string>> = {
  b1: 'bool',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'int64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
};

describe('parseNpy', () => {
  it.each(Object.entries(golden.typed))('reads what NumPy writes as %s', (descriptor, file) => {
    const array = parseNpy(fromBase64(file)) as HostArray;
    expect(array.shape).toEqual([2, 3]);
    expect(array.dtype).toBe(dtypes[descriptor.slice(1)]);
    const numbers = Array.from(array.data as Float64Array, value => (array.dtype === 'float16' ? halfToNumber(value) : Number(value)));
    expect(numbers).toEqual(array.dtype === 'bool' ? [1, 1, 1, 1, 1, 1] : [1, 2, 3, 4, 5, 6]);
  });

  it('puts Fortran order into row-major order', () => {
    const array = parseNpy(fromBase64(golden.fortran)) as HostArray;
    expect(array.shape).toEqual([2, 3, 4]);
    expect([...(array.data as Int32Array)]).toEqual(Array.from({ length: 24 }, (_, i) => i));
  });

  it('reads scalars and empty arrays', () => {
    expect(parseNpy(fromBase64(golden.scalar))).toEqual({ data: Float64Array.of(3.25), shape: [], dtype: 'float64' });
    expect(parseNpy(fromBase64(golden.empty))).toEqual({ data: new Float32Array(0), shape: [0, 4], dtype: 'float32' });
  });

  it('reads object arrays', () => {
    expect(parseNpy(fromBase64(golden.lists))).toEqual({ values: [[1, 2, 300], [], [70000]], shape: [3], dtype: 'object' });
  });

  it('says what it does not read', () => {
    expect(() => parseNpy(fromBase64(golden.text))).toThrow(
      "the .npy file has elements of NumPy's type <U2, which is not supported: save it as one of b1, i1, i2, i4, i8, u1, u2, u4, u8, f2, f4, f8",
    );
    expect(() => parseNpy(fromBase64(golden.structured))).toThrow(
      "the .npy file has a header that is not supported: {'descr': [('a', '<i4'), ('b', '<f4')]",
    );
    expect(() => parseNpy(fromBase64(golden.largeUnsigned))).toThrow(
      'the .npy file: element 0 is 9223372036854775808, which an int64 cannot hold',
    );
  });

  it('says what is wrong with a file', () => {
    const bytes = fromBase64(golden.typed['<i4']);
    expect(() => parseNpy(bytes.slice(0, -1), 'x.npy')).toThrow('x.npy is truncated: int32 [2, 3] takes 24 bytes; there are 23');
    expect(() => parseNpy(Uint8Array.of(...bytes, 0), 'x.npy')).toThrow(
      'x.npy has bytes after its end: int32 [2, 3] takes 24 bytes; there are 25',
    );
    expect(() => parseNpy(bytes.slice(0, 20), 'x.npy')).toThrow('x.npy is truncated: 118 bytes are needed at offset 10, and 10 are left');
    expect(() => parseNpy(Uint8Array.of(1, 2, 3), 'x.npy')).toThrow('x.npy is not a .npy file: it does not begin with \\x93NUMPY');
    bytes[6] = 9;
    expect(() => parseNpy(bytes, 'x.npy')).toThrow('x.npy is a .npy file of version 9; 1 to 3 are known');
  });
});
