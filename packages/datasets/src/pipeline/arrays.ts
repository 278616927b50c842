import { DataError, type HostArray, isHostArray, takeRows } from '@jogak/ops';
import { RaggedArray } from '../text/ragged.js';
import { type Batched, collate } from './collate.js';
import { type Rows, rowStage, type Stage } from './stage.js';

/** Arrays whose first axis is the sample: one, or several in a list or by name. */
export type Arrays = HostArray | RaggedArray | readonly Arrays[] | { readonly [name: string]: Arrays };

/** One sample of {@link Arrays}. */
export type Row<A> = A extends HostArray ? HostArray : A extends RaggedArray ? Int32Array : { readonly [Key in keyof A]: Row<A[Key]> };

/** The rows of arrays. @throws {DataError} when there is no array, or they have different numbers of rows. */
export function arrayStage<A extends Arrays>(arrays: A): Stage<Row<A>> {
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

function rowCounts(arrays: Arrays, name: string): { name: string; count: number }[] {
  if (arrays instanceof RaggedArray) return [{ name, count: arrays.length }];
  if (isHostArray(arrays)) {
    if (arrays.shape.length === 0) throw new DataError(`Dataset.fromArrays: ${name} is a scalar; its first axis must be the sample`);
    return [{ name, count: arrays.shape[0] as number }];
  }
  return Object.entries(arrays).flatMap(([key, inner]) => rowCounts(inner as Arrays, key));
}

function mapArrays(arrays: Arrays, leaf: (array: HostArray | RaggedArray) => unknown): unknown {
  if (arrays instanceof RaggedArray || isHostArray(arrays)) return leaf(arrays);
  if (Array.isArray(arrays)) return arrays.map(inner => mapArrays(inner, leaf));
  return Object.fromEntries(Object.entries(arrays).map(([key, inner]) => [key, mapArrays(inner as Arrays, leaf)]));
}

function rowOf(arrays: Arrays, index: number): unknown {
  return mapArrays(arrays, array => {
    if (array instanceof RaggedArray) return array.row(index);
    const shape = array.shape.slice(1);
    return { ...takeRows(array, [index]), shape };
  });
}

function gather(arrays: Arrays, indices: Uint32Array): unknown {
  return mapArrays(arrays, array =>
    array instanceof RaggedArray ? collate(Array.from(indices, index => array.row(index))) : takeRows(array, indices),
  );
}
