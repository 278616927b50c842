import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';

/** Rows in a chunk of the search; elements in one of the check: assembly/recurrent/entries.ts has the same. */
const ROWS = 256;
const ELEMENTS = 65536;

/** Of each row of a matrix of single entries: where its only number stands that is not 0, −1 where there is none, and that number. */
export interface Entries {
  /** Address of the indices, int32. */
  readonly indices: number;
  /** Address of the numbers. */
  readonly values: number;
  /** Address of both, to be given back. */
  readonly scratch: number;
}

/**
 * Finds the single entries of x `[…, columns]`, as one-hot rows have them; undefined when a row has two. Dense data are known by their
 * first rows, and cost a look at those.
 */
export function findEntries(backend: SimdBackend, x: TensorInfo): Entries | undefined {
  const columns = x.shape.at(-1) as number;
  let rows = 1;
  for (let axis = 0; axis < x.shape.length - 1; axis++) rows *= x.shape[axis]!;
  if (columns < 2 || rows === 0) return undefined;
  const scratch = backend.scratch(64 + 8 * rows);
  const indices = scratch + 64;
  const values = indices + 4 * rows;
  backend.ints(scratch, 1)[0] = 0;
  const from = backend.pointer(x);
  const search = (count: number): boolean => {
    backend.run('recurrentEntriesF32', Math.ceil(count / ROWS), from, count, columns, indices, values, scratch);
    return backend.ints(scratch, 1)[0] === 0;
  };
  if (search(1) && search(rows)) return { indices, values, scratch };
  backend.releaseScratch(scratch);
  return undefined;
}

/** Whether all numbers of a tensor are finite: only then may their products with 0 be left out. */
export function allFinite(backend: SimdBackend, tensor: TensorInfo, count: number): boolean {
  const flag = backend.scratch(4);
  backend.ints(flag, 1)[0] = 0;
  backend.run('recurrentFiniteF32', Math.ceil(count / ELEMENTS), backend.pointer(tensor), count, flag);
  const isSet = backend.ints(flag, 1)[0] !== 0;
  backend.releaseScratch(flag);
  return !isSet;
}
