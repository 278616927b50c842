import { FormatError, type HostArray, type HostData, type HostDType, sizeOf } from '@jogak/ops';

interface ElementType {
  readonly dtype: HostDType;
  readonly bytes: number;
  readonly array: new (buffer: ArrayBuffer) => HostData;
}

/** NumPy's types of elements, by kind and bytes. */
const elementTypes: Readonly<Record<string, ElementType>> = {
  b1: { dtype: 'bool', bytes: 1, array: Uint8Array },
  i1: { dtype: 'int8', bytes: 1, array: Int8Array },
  i2: { dtype: 'int16', bytes: 2, array: Int16Array },
  i4: { dtype: 'int32', bytes: 4, array: Int32Array },
  i8: { dtype: 'int64', bytes: 8, array: BigInt64Array },
  u1: { dtype: 'uint8', bytes: 1, array: Uint8Array },
  u2: { dtype: 'uint16', bytes: 2, array: Uint16Array },
  u4: { dtype: 'uint32', bytes: 4, array: Uint32Array },
  u8: { dtype: 'int64', bytes: 8, array: BigInt64Array },
  f2: { dtype: 'float16', bytes: 2, array: Uint16Array },
  f4: { dtype: 'float32', bytes: 4, array: Float32Array },
  f8: { dtype: 'float64', bytes: 8, array: Float64Array },
};

/** Whether a NumPy type descriptor stands for Python objects. */
export function isObjectType(descriptor: string): boolean {
  return /^[|<>=]?O8?$/.test(descriptor);
}

/**
 * An array from NumPy's bytes, in row-major order. Types become the {@link HostArray} types of the same name; `uint64` becomes `int64`, if its values
 * fit.
 *
 * @param descriptor NumPy's name of the type, such as `<i8`
 * @param bytes the elements, exactly
 * @param fortran whether the first axis changes fastest in `bytes`
 * @throws {FormatError} on a type that is not supported, or another number of bytes than the shape says.
 */
export function decodeElements(
  descriptor: string,
  shape: readonly number[],
  bytes: Uint8Array,
  fortran: boolean,
  where: string,
): HostArray {
  const [, order, kind] = /^([|<>=]?)([a-z]\d+)$/.exec(descriptor) ?? [];
  const type = kind === undefined ? undefined : elementTypes[kind];
  if (!type)
    throw new FormatError(
      `${where} has elements of NumPy's type ${descriptor}, which is not supported: save it as one of ${Object.keys(elementTypes).join(', ')}`,
    );
  const length = sizeOf(shape);
  if (bytes.length !== length * type.bytes)
    throw new FormatError(
      `${where} ${bytes.length < length * type.bytes ? 'is truncated' : 'has bytes after its end'}: ` +
        `${type.dtype} [${shape.join(', ')}] takes ${length * type.bytes} bytes; there are ${bytes.length}`,
    );
  const copy = new Uint8Array(bytes);
  if (order === '>') swapBytes(copy, type.bytes);
  const data = new type.array(copy.buffer);
  if (kind === 'u8') checkSigned(data as BigInt64Array, where);
  return { data: fortran && shape.length > 1 ? toRowMajor(data, shape) : data, shape, dtype: type.dtype };
}

function swapBytes(bytes: Uint8Array, width: number): void {
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse();
}

function checkSigned(data: BigInt64Array, where: string): void {
  const bad = data.findIndex(value => value < 0n);
  if (bad >= 0) throw new FormatError(`${where}: element ${bad} is ${BigInt.asUintN(64, data[bad] as bigint)}, which an int64 cannot hold`);
}

/** The same array with the last axis changing fastest, from one where the first does. */
function toRowMajor(data: HostData, shape: readonly number[]): HostData {
  const out = data.slice();
  const index = shape.map(() => 0);
  for (let from = 0; from < data.length; from++) {
    const to = index.reduce((offset, position, axis) => offset * (shape[axis] as number) + position, 0);
    out[to] = data[from] as never;
    for (let axis = 0; axis < shape.length; axis++) {
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      index[axis] = 0;
    }
  }
  return out;
}
