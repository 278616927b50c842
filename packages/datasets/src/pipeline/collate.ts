import { DataError, type HostArray, type HostData, hostArray, isHostArray, sizeOf } from '@jogak/ops';

/** What a batch of `T` is: arrays with one more axis in front, in the same lists and records; texts become a list. */
export type Batched<T> = T extends HostArray | number | boolean | HostData | readonly number[]
  ? HostArray
  : T extends string
    ? string[]
    : { readonly [Key in keyof T]: Batched<T[Key]> };

/**
 * Puts elements of one form together to a batch. Numbers become `float32`, truth values `bool`; arrays keep their type.
 *
 * @param elements one or more
 * @throws {DataError} when they differ in form, shape or type, naming where.
 */
export function collate<T>(elements: readonly T[]): Batched<T> {
  return collateAt(elements, '') as Batched<T>;
}

function collateAt(elements: readonly unknown[], path: string): unknown {
  const first = elements[0];
  if (typeof first === 'string' && elements.every(element => typeof element === 'string')) return [...elements];
  const array = asArray(first);
  if (array) return stack(elements, array, path);
  if (typeof first !== 'object' || first === null)
    throw new DataError(`batch: an element${path} is ${String(first)}; expected arrays, numbers, texts, or lists and records of them`);
  const keys = Object.keys(first);
  const collated = keys.map(key => {
    const values = elements.map(element => (element as Record<string, unknown> | null | undefined)?.[key]);
    return [key, collateAt(values, `${path}.${key}`)] as const;
  });
  return Array.isArray(first) ? collated.map(([, value]) => value) : Object.fromEntries(collated);
}

/** A value that becomes part of an array, as one; `undefined` when it is a list, a record, or nothing of the kind. */
function asArray(value: unknown): HostArray | undefined {
  if (isHostArray(value)) return value;
  if (typeof value === 'number') return hostArray(Float32Array.of(value), []);
  if (typeof value === 'boolean') return hostArray(Uint8Array.of(value ? 1 : 0), [], 'bool');
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return hostArray(value as HostData);
  if (Array.isArray(value) && value.length > 0 && value.every(item => typeof item === 'number')) return hostArray(Float32Array.from(value));
  return undefined;
}

function stack(elements: readonly unknown[], first: HostArray, path: string): HostArray {
  const size = sizeOf(first.shape);
  const data = new (first.data.constructor as new (length: number) => HostData)(elements.length * size);
  elements.forEach((element, i) => {
    const array = asArray(element);
    if (array?.dtype !== first.dtype || array.shape.join() !== first.shape.join())
      throw new DataError(
        `batch: elements${path} are ${describe(first)} and ${array ? describe(array) : String(element)}; make them alike first ` +
          '(padSequences, or a size for all images)',
      );
    data.set(array.data as never, i * size);
  });
  return { data, shape: [elements.length, ...first.shape], dtype: first.dtype };
}

const describe = (array: HostArray): string => `${array.dtype} [${array.shape.join(', ')}]`;
