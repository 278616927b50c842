import { DataError, type HostArray, takeRows } from '@jogak/ops';
import { RaggedArray } from '../text/ragged.js';

/** Samples and their labels, the first axis of both. An alias, so that it fits where any arrays by name do: `Dataset.fromArrays`. */
export type Labeled<X extends HostArray | RaggedArray = HostArray | RaggedArray> = {
  readonly x: X;
  readonly y: HostArray;
};

/** Number of samples. @throws {DataError} when there are not as many labels. */
export function countOf(data: Labeled, where: string): number {
  const samples = data.x instanceof RaggedArray ? data.x.length : (data.x.shape[0] ?? 0);
  if (data.y.shape[0] !== samples) throw new DataError(`${where} has ${samples} samples and ${data.y.shape[0] ?? 0} labels`);
  return samples;
}

/** The samples `indices` and their labels, copied, in this order. */
export function takeLabeled<X extends HostArray | RaggedArray>(data: Labeled<X>, indices: ArrayLike<number>): Labeled<X> {
  const x = data.x instanceof RaggedArray ? data.x.take(indices) : takeRows(data.x, indices);
  return { x: x as X, y: takeRows(data.y, indices) };
}
