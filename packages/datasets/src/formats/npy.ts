import { FormatError, type HostArray, sizeOf } from '@jogak/ops';
import { ByteReader } from './byte-reader.js';
import { decodeElements, isObjectType } from './numpy-dtype.js';
import { type ListReviver, unpickle } from './pickle.js';

/** An array of Python objects, row-major: numbers, texts, lists and the like, as {@link unpickle} gives them. */
export interface ObjectArray {
  readonly values: readonly unknown[];
  readonly shape: readonly number[];
  readonly dtype: 'object';
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/**
 * Reads a .npy file, versions 1 to 3 (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): booleans, integers and floats of
 * every size, either byte order, either memory order; and arrays of Python objects, unpickled by an allow-list.
 *
 * @param bytes the file
 * @param where what the bytes are, as errors name it @default 'the .npy file'
 * @param reviveList what becomes of the lists in an array of Python objects, one after the other @default arrays
 * @throws {FormatError} when it is none, is truncated or corrupted, has bytes after its end, or elements of another type.
 */
export function parseNpy(bytes: Uint8Array, where = 'the .npy file', reviveList?: ListReviver): HostArray | ObjectArray {
  const reader = new ByteReader(bytes, where);
  if (magic.some((byte, i) => bytes[i] !== byte)) throw new FormatError(`${where} is not a .npy file: it does not begin with \\x93NUMPY`);
  reader.take(magic.length);
  const version = reader.uint16();
  if (version < 1 || version > 3) throw new FormatError(`${where} is a .npy file of version ${version}; 1 to 3 are known`);
  const header = new TextDecoder('latin1').decode(reader.take(version === 1 ? reader.uint16() : reader.uint32()));
  const { descriptor, fortran, shape } = parseHeader(header, where);
  const content = reader.take(reader.remaining);
  return isObjectType(descriptor)
    ? readObjects(content, shape, where, reviveList)
    : decodeElements(descriptor, shape, content, fortran, where);
}

/** The header is a Python dictionary with three known keys; nothing of it is evaluated. */
function parseHeader(header: string, where: string): { descriptor: string; fortran: boolean; shape: number[] } {
  const descriptor = /'descr': '([^']*)'/.exec(header)?.[1];
  const fortran = /'fortran_order': (True|False)/.exec(header)?.[1];
  const sizes = /'shape': \(((?:\d+, ?)*(?:\d+)?)\)/.exec(header)?.[1];
  if (descriptor === undefined || fortran === undefined || sizes === undefined)
    throw new FormatError(`${where} has a header that is not supported: ${header.trim().slice(0, 200)}`);
  return {
    descriptor,
    fortran: fortran === 'True',
    shape: sizes
      .split(',')
      .filter(size => size.trim())
      .map(Number),
  };
}

function readObjects(bytes: Uint8Array, shape: readonly number[], where: string, reviveList?: ListReviver): ObjectArray {
  const array = unpickle(bytes, where, reviveList) as Partial<ObjectArray> | null;
  if (array?.dtype !== 'object' || !Array.isArray(array.values) || array.values.length !== sizeOf(shape))
    throw new FormatError(`${where} is corrupted: it does not hold the ${sizeOf(shape)} objects that its header states`);
  return { values: array.values, shape, dtype: 'object' };
}
