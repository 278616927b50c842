import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';

/** Rows in a chunk of the search; elements in one of the check: assembly/recurrent/entries.ts has the same. */
const ROWS = 256;
const ELEMENTS = 65536;

/** Of each row of a matrix of single entries: where its only number stands that is not 0, −1 where there is none, and that number. */
export interface Entries {
  /** Address of the indices, int32. */
  readonly indices: number;
  /** Address of the numbers, 0 where all are 1. */
  readonly values: number;
}

/** Bytes before the entries in the note that keeps them: a flag for the search. */
const HEAD = 64;

/** How many columns the values had when their note was made: under another shape they have other entries. */
const columnsOf = new WeakMap<object, number>();
/** Values that were found to have other rows, too. */
const others = new WeakSet<object>();

/**
 * The single entries of x `[…, columns]`, as one-hot rows have them; undefined when a row has two. What was found is kept, so that the gradient
 * does not search again. Dense data are known by their first row, and cost a look at that.
 */
export function entriesOf(backend: SimdBackend, x: TensorInfo): Entries | undefined {
  const columns = x.shape.at(-1) as number;
  let rows = 1;
  for (let axis = 0; axis < x.shape.length - 1; axis++) rows *= x.shape[axis]!;
  if (columns < 2 || rows === 0) return undefined;
  const note = backend.noteOf(x);
  if (note !== 0 && columnsOf.get(x.dataId) === columns) return entriesAt(note, rows);
  if (others.has(x.dataId)) return undefined;
  const from = backend.pointer(x);
  // Rows of single entries and others go through different kernels, which give the same bits for both: that these are others decides nothing.
  const scratch = backend.aside(() => search(backend, from, rows, columns));
  if (scratch === undefined) {
    others.add(x.dataId);
    return undefined;
  }
  // But that these are single entries does: the kernels that go by them fit no others.
  backend.finish();
  keep(backend, x, scratch, columns);
  return entriesAt(scratch, rows);
}

/** Address of the entries of the rows at `from`, and of what goes before them; undefined where a row has two. */
function search(backend: SimdBackend, from: number, rows: number, columns: number): number | undefined {
  const scratch = backend.scratch(HEAD + 8 * rows);
  const entries = entriesAt(scratch, rows);
  backend.ints(scratch, 1)[0] = 0;
  const areSingle = (count: number): boolean => {
    backend.run('recurrentEntriesF32', Math.ceil(count / ROWS), from, count, columns, entries.indices, entries.values, scratch);
    return backend.ints(scratch, 1)[0] === 0;
  };
  if (areSingle(1) && areSingle(rows)) return scratch;
  backend.releaseScratch(scratch);
  return undefined;
}

const entriesAt = (scratch: number, rows: number): Entries => ({ indices: scratch + HEAD, values: scratch + HEAD + 4 * rows });

function keep(backend: SimdBackend, x: TensorInfo, note: number, columns: number): void {
  backend.keepNote(x, note);
  columnsOf.set(x.dataId, columns);
}

/** Room for the entries of `rows` one-hot vectors `[…, columns]`, kept with them, so that {@link entriesOf} need not search. */
export function keepEntries(backend: SimdBackend, vectors: TensorInfo, rows: number): Entries {
  const scratch = backend.scratch(HEAD + 8 * rows);
  keep(backend, vectors, scratch, vectors.shape.at(-1) as number);
  return entriesAt(scratch, rows);
}

/** Looks where the numbers of a tensor are not finite, so that their products with 0 may not be left out: a flag for each part of it. */
export function findNonFinite(
  backend: SimdBackend,
  tensor: TensorInfo,
  count: number,
): { readonly flags: number; readonly flagCount: number } {
  const flagCount = Math.ceil(count / ELEMENTS);
  const flags = backend.scratch(4 * flagCount);
  backend.run('recurrentFiniteF32', flagCount, backend.pointer(tensor), count, flags);
  return { flags, flagCount };
}
