import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { DataError, ShapeError } from './errors.js';
import { scaleByPowerOfTwo } from './scalar-math/binary-exponent.js';

/** Typed arrays that hold host data. `Uint16Array` with dtype `float16` holds the bits of half-precision numbers. */
export type HostData =
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint8Array
  | Int8Array
  | Int16Array
  | Uint16Array
  | Uint32Array
  | BigInt64Array;

/** Element types of a {@link HostArray}; more than tensors have, so that pixels stay bytes until a batch is made. */
export type HostDType = 'float32' | 'float64' | 'float16' | 'int64' | 'int32' | 'int16' | 'int8' | 'uint8' | 'uint16' | 'uint32' | 'bool';

/** An n-dimensional array in host memory, row-major: `data.length` is the product of `shape`. Plain data: it passes to workers as it is. */
export interface HostArray {
  readonly data: HostData;
  readonly shape: readonly number[];
  readonly dtype: HostDType;
}

/** A {@link HostArray} whose numbers are made when they are looked at, and which becomes a tensor without that. */
export abstract class DeferredArray implements HostArray {
  abstract readonly data: HostData;
  abstract readonly shape: readonly number[];
  abstract readonly dtype: HostDType;

  /** What {@link toTensor} of the numbers would be. */
  abstract toTensor(): Tensor;
}

/** Number of elements of a shape without unknown axes; 1 for a scalar's `[]`. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/**
 * A {@link HostArray} over `data` (not copied).
 *
 * @throws {ShapeError} when `data` does not have as many elements as `shape` says.
 */
export function hostArray(data: HostData, shape: readonly number[] = [data.length], dtype: HostDType = dtypeOf(data)): HostArray {
  if (data.length !== sizeOf(shape))
    throw new ShapeError(`an array of shape [${shape.join(', ')}] has ${sizeOf(shape)} elements; got ${data.length}`);
  return { data, shape, dtype };
}

/** Whether `value` is a {@link HostArray}. */
export function isHostArray(value: unknown): value is HostArray {
  if (value instanceof DeferredArray) return true;
  return (
    typeof value === 'object' &&
    value !== null &&
    'data' in value &&
    'shape' in value &&
    'dtype' in value &&
    ArrayBuffer.isView(value.data) &&
    Array.isArray(value.shape)
  );
}

function dtypeOf(data: HostData): HostDType {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Float64Array) return 'float64';
  if (data instanceof Int32Array) return 'int32';
  if (data instanceof Uint8Array) return 'uint8';
  if (data instanceof Int8Array) return 'int8';
  if (data instanceof Int16Array) return 'int16';
  if (data instanceof Uint16Array) return 'uint16';
  if (data instanceof Uint32Array) return 'uint32';
  return 'int64';
}

/** Numbers of a row that are copied one by one. */
const FEW = 16;

/** Rows `indices` of the first axis, copied, in the order of `indices`. */
export function takeRows(array: HostArray, indices: ArrayLike<number>): HostArray {
  const rowShape = array.shape.slice(1);
  const rowSize = sizeOf(rowShape);
  const data = new (array.data.constructor as new (length: number) => HostData)(indices.length * rowSize);
  for (let row = 0; row < indices.length; row++) {
    const from = (indices[row] as number) * rowSize;
    // A view and a copy of it take as long as some twenty numbers, one by one, of arrays of whatever type.
    if (rowSize <= FEW) for (let i = 0; i < rowSize; i++) data[row * rowSize + i] = array.data[from + i] as never;
    else data.set(array.data.subarray(from, from + rowSize) as never, row * rowSize);
  }
  return { data, shape: [indices.length, ...rowShape], dtype: array.dtype };
}

/** Rows `start` to, not including, `end` of the first axis, as a view of the same memory. */
export function sliceRows(array: HostArray, start: number, end: number): HostArray {
  const rowShape = array.shape.slice(1);
  const rowSize = sizeOf(rowShape);
  return {
    data: array.data.subarray(start * rowSize, end * rowSize),
    shape: [Math.max(0, Math.min(end, array.shape[0] ?? 0) - start), ...rowShape],
    dtype: array.dtype,
  };
}

/**
 * A tensor with the values of `array`: integers of 32 bits or fewer become `int32`, `bool` stays, everything else becomes `float32`.
 * The values are copied.
 *
 * @throws {DataError} for an integer that an int32 tensor cannot hold
 */
export function toTensor(array: HostArray): Tensor {
  if (array instanceof DeferredArray) return array.toTensor();
  const shape = [...array.shape];
  switch (array.dtype) {
    case 'bool':
      return tensor(new Uint8Array(array.data as Uint8Array), shape, 'bool');
    case 'int32':
    case 'int16':
    case 'int8':
    case 'uint8':
    case 'uint16':
      return tensor(new Int32Array(array.data as Int32Array), shape, 'int32');
    case 'uint32':
    case 'int64':
      return tensor(safeIntegers(array.data as Uint32Array | BigInt64Array), shape, 'int32');
    case 'float16':
      return tensor(Float32Array.from(array.data as Uint16Array, halfToNumber), shape, 'float32');
    default:
      return tensor(new Float32Array(array.data as Float32Array), shape, 'float32');
  }
}

/** The values of `tensor`, copied to the host: later changes of the tensor's buffer do not touch them. */
export function fromTensor(tensor: Tensor): HostArray {
  return hostArray(tensor.dataSync().slice() as Float32Array, [...tensor.shape], tensor.dtype as 'float32' | 'int32' | 'bool');
}

/** Values of 64-bit or unsigned integers as `int32`. @throws {DataError} for one that does not fit */
function safeIntegers(data: Uint32Array | BigInt64Array): Int32Array {
  const out = new Int32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i]);
    if (value < -2147483648 || value > 2147483647)
      throw new DataError(`element ${i} is ${data[i]}, which an int32 tensor cannot hold; convert the array to float32 first`);
    out[i] = value;
  }
  return out;
}

/** The number that the 16 bits of an IEEE 754 half-precision float stand for. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * scaleByPowerOfTwo(1 + fraction / 1024, exponent - 15);
}
