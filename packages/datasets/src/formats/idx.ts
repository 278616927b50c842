import { FormatError, type HostArray, type HostData, type HostDType, sizeOf } from '@jogak/ops';
import { ByteReader } from './byte-reader.js';

type Read = (view: DataView, length: number) => HostData;

const elementTypes: Readonly<Record<number, { dtype: HostDType; bytes: number; read: Read }>> = {
  8: { dtype: 'uint8', bytes: 1, read: view => new Uint8Array(view.buffer, view.byteOffset, view.byteLength) },
  9: { dtype: 'int8', bytes: 1, read: view => new Int8Array(view.buffer, view.byteOffset, view.byteLength) },
  11: { dtype: 'int16', bytes: 2, read: (view, length) => Int16Array.from({ length }, (_, i) => view.getInt16(2 * i)) },
  12: { dtype: 'int32', bytes: 4, read: (view, length) => Int32Array.from({ length }, (_, i) => view.getInt32(4 * i)) },
  13: { dtype: 'float32', bytes: 4, read: (view, length) => Float32Array.from({ length }, (_, i) => view.getFloat32(4 * i)) },
  14: { dtype: 'float64', bytes: 8, read: (view, length) => Float64Array.from({ length }, (_, i) => view.getFloat64(8 * i)) },
};

/**
 * Reads an IDX file, the format of the MNIST data sets: two zero bytes, the element type, the rank, the sizes as big-endian `int32`,
 * then the elements, row-major and big-endian (http://yann.lecun.com/exdb/mnist).
 *
 * Bytes (`uint8`, `int8`) are a view of the file's memory; other types are copied.
 *
 * @param bytes the file, unpacked
 * @param where what the bytes are, as errors name it @default 'the IDX file'
 * @throws {FormatError} on a wrong magic number, an unknown element type, or another number of bytes than the header says.
 */
export function parseIdx(bytes: Uint8Array, where = 'the IDX file'): HostArray {
  const reader = new ByteReader(bytes, where);
  const magic = reader.uint16(false);
  const code = reader.uint8();
  const rank = reader.uint8();
  const type = elementTypes[code];
  if (magic !== 0 || !type || rank === 0)
    throw new FormatError(
      `${where} is not an IDX file: it begins with ${[...bytes.subarray(0, 4)].join(' ')}, not with 0 0, an element type (8, 9, 11 to 14) and a rank`,
    );
  const shape = Array.from({ length: rank }, () => reader.uint32(false));
  const length = sizeOf(shape);
  const expected = reader.position + length * type.bytes;
  if (bytes.length !== expected)
    throw new FormatError(
      `${where} ${bytes.length < expected ? 'is truncated' : 'has bytes after its end'}: its header says ${type.dtype} [${shape.join(', ')}], ` +
        `${expected} bytes in all; it has ${bytes.length}`,
    );
  const rest = reader.take(reader.remaining);
  return { data: type.read(new DataView(rest.buffer, rest.byteOffset, rest.byteLength), length), shape, dtype: type.dtype };
}
