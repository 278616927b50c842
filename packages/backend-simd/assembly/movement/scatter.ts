import { intAt, pointerAt } from '../job';
import { copyBytes } from './copy';

/**
 * Numbers of rows by their indices along several axes: indices [count, depth] → to [count], Σ index · stride. Arguments: indices, to, count,
 * depth, address of the strides (int32), rows, address of a word that becomes 1 when a number is that of no row, or 0; such a number becomes −1.
 */
export function rowNumbersI32(job: usize, chunk: i32, thread: i32): void {
  const depth = intAt(job, 3);
  const rows = intAt(job, 5);
  let from = pointerAt(job, 0);
  let to = pointerAt(job, 1);
  for (let left = intAt(job, 2); left > 0; left--) {
    let strides = pointerAt(job, 4);
    // As float64, as cpu adds them up: no product of theirs overflows.
    let number: f64 = 0;
    for (let axis = 0; axis < depth; axis++) {
      number += <f64>load<i32>(from) * <f64>load<i32>(strides);
      from += 4;
      strides += 4;
    }
    const isRow = number >= 0 && number < <f64>rows;
    if (!isRow && pointerAt(job, 6) != 0) store<i32>(pointerAt(job, 6), 1);
    store<i32>(to, isRow ? <i32>number : -1);
    to += 4;
  }
}

/**
 * Writes rows of x [count, columns] over those rows of `to` that ids name, in their order; those of id −1 go nowhere. A chunk has some of the
 * columns. Arguments: x, ids, to, count, bytes of a row, bytes of it in a chunk.
 */
export function scatterRows32(job: usize, chunk: i32, thread: i32): void {
  const bytes = <usize>intAt(job, 4);
  const first = <usize>chunk * <usize>intAt(job, 5);
  const part = min(<usize>intAt(job, 5), bytes - first);
  let from = pointerAt(job, 0) + first;
  let ids = pointerAt(job, 1);
  for (let left = intAt(job, 3); left > 0; left--) {
    const id = load<i32>(ids);
    if (id >= 0) copyBytes<u32>(from, pointerAt(job, 2) + first + <usize>id * bytes, part);
    from += bytes;
    ids += 4;
  }
}
