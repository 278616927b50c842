import type { Batched } from './collate.js';

/**
 * One step of a pipeline: what it yields is a function of the epoch alone, so a place in it is two numbers.
 */
export interface Stage<T> {
  /** Elements of an epoch; `Infinity` when it never ends, null when that is not known beforehand. */
  readonly size: number | null;
  /** The elements of an epoch from number `start` on. Ending the loop early closes what is open. */
  open(epoch: number, start: number): AsyncIterable<T>;
  /** Set where elements can be had in any order, without those before them. */
  readonly rows?: Rows<T>;
}

/** Random access to the elements of a stage. */
export interface Rows<T> {
  /** Which rows make an epoch, in order. */
  order(epoch: number): Uint32Array;
  row(index: number): T | Promise<T>;
  /** Rows as one batch, quicker than one by one. */
  gather(indices: Uint32Array): Batched<T> | Promise<Batched<T>>;
}

/** A stage over rows. */
export function rowStage<T>(size: number, rows: Rows<T>): Stage<T> {
  return {
    size,
    rows,
    async *open(epoch, start) {
      for (const index of rows.order(epoch).subarray(start)) yield await rows.row(index);
    },
  };
}
