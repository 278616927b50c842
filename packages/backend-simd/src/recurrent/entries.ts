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
}

/** Bytes before the entries in the note that keeps them: a flag for the search. */
const HEAD = 64;

/**
 * The single entries of x `[…, columns]`, as one-hot rows have them; undefined when a row has two. They are kept with x, so that the gradient
 * does not search again. Dense data are known by their first row, and cost a look at that.
 */
export function entriesOf(backend: SimdBackend, x: TensorInfo): Entries | undefined {
  const columns = x.shape.at(-1) as number;
  let rows = 1;
  for (let axis = 0; axis < x.shape.length - 1; axis++) rows *= x.shape[axis]!;
  if (columns < 2 || rows === 0) return undefined;
  const note = backend.noteOf(x);
  if (note !== 0 && backend.ints(note, 2)[1] === columns) return entriesAt(note, rows);
  const scratch = backend.scratch(HEAD + 8 * rows);
  const entries = entriesAt(scratch, rows);
  const head = backend.ints(scratch, 2);
  head[0] = 0;
  head[1] = columns;
  const from = backend.pointer(x);
  const search = (count: number): boolean => {
    backend.run('recurrentEntriesF32', Math.ceil(count / ROWS), from, count, columns, entries.indices, entries.values, scratch);
    return backend.ints(scratch, 1)[0] === 0;
  };
  if (search(1) && search(rows)) {
    backend.keepNote(x, scratch);
    return entries;
  }
  backend.releaseScratch(scratch);
  return undefined;
}

const entriesAt = (scratch: number, rows: number): Entries => ({ indices: scratch + HEAD, values: scratch + HEAD + 4 * rows });

/** Keeps with one-hot vectors `[…, columns]` where their ones stand: what {@link entriesOf} would have to search for. */
export function keepEntries(backend: SimdBackend, vectors: TensorInfo, ids: Int32Array): void {
  const columns = vectors.shape.at(-1) as number;
  const scratch = backend.scratch(HEAD + 8 * ids.length);
  const { indices, values } = entriesAt(scratch, ids.length);
  backend.ints(scratch, 2)[1] = columns;
  const found = backend.ints(indices, ids.length);
  for (let i = 0; i < ids.length; i++) found[i] = ids[i]! >= 0 && ids[i]! < columns ? ids[i]! : -1;
  backend.floats(values, ids.length).fill(1);
  backend.keepNote(vectors, scratch);
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
