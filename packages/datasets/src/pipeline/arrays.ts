import { DataError, fromTensor, type HostArray, isHostArray, options, Tensor, takeRows } from '@jogak/ops';
import { RaggedArray } from '../text/ragged.js';
import { type Batched, collate } from './collate.js';
import { type Rows, rowStage, type Stage } from './stage.js';

/** Arrays whose first axis is the sample: one, or several in a list or by name. */
export type Arrays = HostArray | RaggedArray | Tensor | readonly Arrays[] | { readonly [name: string]: Arrays };

/** One sample of {@link Arrays}. */
export type Row<A> = A extends HostArray | Tensor
  ? HostArray
  : A extends RaggedArray
    ? Int32Array
    : { readonly [Key in keyof A]: Row<A[Key]> };

/** {@link Arrays} on the host. */
type HostArrays = HostArray | RaggedArray | readonly HostArrays[] | { readonly [name: string]: HostArrays };

/** The rows of arrays. @throws {DataError} when there is no array, anything else is among them, or they have different numbers of rows. */
export function arrayStage<A extends Arrays>(given: A): Stage<Row<A>> {
  const arrays = onHost(given, 'the array');
  const counts = rowCounts(arrays, 'the array');
  const [first] = counts;
  if (!first) throw new DataError('Dataset.fromArrays needs one array or more; got none');
  const other = counts.find(({ count }) => count !== first.count);
  if (other) throw new DataError(`Dataset.fromArrays: ${first.name} has ${first.count} rows and ${other.name} ${other.count}`);
  const rows: Rows<Row<A>> = {
    order: () => Uint32Array.from({ length: first.count }, (_, i) => i),
    row: index => rowOf(arrays, index) as Row<A>,
    gather: indices => gather(arrays, indices) as Batched<Row<A>>,
  };
  return rowStage(first.count, rows);
}

/** Any values, one by one. */
export function itemStage<T>(items: readonly T[]): Stage<T> {
  return rowStage(items.length, {
    order: () => Uint32Array.from({ length: items.length }, (_, i) => i),
    row: index => items[index] as T,
    gather: indices => collate(Array.from(indices, index => items[index] as T)),
  });
}

/** The same with tensors read into host arrays, once, so that no tensor has to outlive the call. */
function onHost(arrays: Arrays, name: string): HostArrays {
  if (arrays instanceof RaggedArray || isHostArray(arrays)) return arrays;
  if (arrays instanceof Tensor) return fromTensor(arrays);
  if (Array.isArray(arrays) && arrays.every(item => typeof item === 'object')) return arrays.map((item, i) => onHost(item, String(i)));
  if (typeof arrays === 'object' && arrays !== null && Object.getPrototypeOf(arrays) === Object.prototype)
    return Object.fromEntries(Object.entries(arrays).map(([key, inner]) => [key, onHost(inner as Arrays, key)]));
  throw new DataError(
    `Dataset.fromArrays: ${name} must be a host array, as hostArray(data, shape) makes it, a tensor, or a list or record of these; got ${options.show(arrays)}`,
  );
}

function rowCounts(arrays: HostArrays, name: string): { name: string; count: number }[] {
  if (arrays instanceof RaggedArray) return [{ name, count: arrays.length }];
  if (isHostArray(arrays)) {
    if (arrays.shape.length === 0) throw new DataError(`Dataset.fromArrays: ${name} is a scalar; its first axis must be the sample`);
    return [{ name, count: arrays.shape[0] as number }];
  }
  return Object.entries(arrays).flatMap(([key, inner]) => rowCounts(inner as HostArrays, key));
}

function mapArrays(arrays: HostArrays, leaf: (array: HostArray | RaggedArray) => unknown): unknown {
  if (arrays instanceof RaggedArray || isHostArray(arrays)) return leaf(arrays);
  if (Array.isArray(arrays)) return arrays.map(inner => mapArrays(inner, leaf));
  return Object.fromEntries(Object.entries(arrays).map(([key, inner]) => [key, mapArrays(inner as HostArrays, leaf)]));
}

function rowOf(arrays: HostArrays, index: number): unknown {
  return mapArrays(arrays, array => {
    if (array instanceof RaggedArray) return array.row(index);
    const shape = array.shape.slice(1);
    return { ...takeRows(array, [index]), shape };
  });
}

function gather(arrays: HostArrays, indices: Uint32Array): unknown {
  return mapArrays(arrays, array =>
    array instanceof RaggedArray ? collate(Array.from(indices, index => array.row(index))) : takeRows(array, indices),
  );
}
