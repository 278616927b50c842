import { intAt, pointerAt } from '../job';

// @ts-ignore: decorator
@inline
function cumulate<T extends number>(product: bool, job: usize, chunk: i32): void {
  const count = intAt(job, 3);
  const inner = intAt(job, 4);
  const perChunk = intAt(job, 5);
  const exclusive = intAt(job, 6) != 0;
  const reverse = intAt(job, 7) != 0;
  const end = min((chunk + 1) * perChunk, intAt(job, 2));
  const step = (reverse ? -inner : inner) << 2;
  for (let o = chunk * perChunk; o < end; o++) {
    for (let i = 0; i < inner; i++) {
      const offset = <usize>((o * count + (reverse ? count - 1 : 0)) * inner + i) << 2;
      let from = pointerAt(job, 0) + offset;
      let to = pointerAt(job, 1) + offset;
      let total: T = product ? <T>1 : <T>0;
      for (let n = 0; n < count; n++) {
        if (exclusive) store<T>(to, total);
        total = product ? <T>(total * load<T>(from)) : <T>(total + load<T>(from));
        if (!exclusive) store<T>(to, total);
        from += step;
        to += step;
      }
    }
  }
}

/** Sums of all numbers up to each, along an axis: x is [outer, count, inner]. Arguments: x, out, outer, count, inner, outer in a chunk, exclusive, reverse. */
export function cumulativeSumF32(job: usize, chunk: i32, thread: i32): void {
  cumulate<f32>(false, job, chunk);
}

/** {@link cumulativeSumF32} of int32, modulo 2³². */
export function cumulativeSumI32(job: usize, chunk: i32, thread: i32): void {
  cumulate<i32>(false, job, chunk);
}

/** Products of all numbers up to each; arguments as of {@link cumulativeSumF32}. */
export function cumulativeProductF32(job: usize, chunk: i32, thread: i32): void {
  cumulate<f32>(true, job, chunk);
}

// @ts-ignore: decorator
@inline
function largest<T extends number>(job: usize, chunk: i32): void {
  const columns = intAt(job, 4);
  const k = intAt(job, 5);
  const perChunk = intAt(job, 6);
  const end = min((chunk + 1) * perChunk, intAt(job, 3));
  for (let row = chunk * perChunk; row < end; row++) {
    const x = pointerAt(job, 0) + (<usize>(row * columns) << 2);
    const values = pointerAt(job, 1) + (<usize>(row * k) << 2);
    const indices = pointerAt(job, 2) + (<usize>(row * k) << 2);
    const last = <usize>(k - 1) << 2;
    for (let i = 0; i < columns; i++) {
      const value = load<T>(x + (<usize>i << 2));
      // Equal ones stay in their order.
      if (i >= k && !(value > load<T>(values + last))) continue;
      let at = <usize>min(i, k - 1) << 2;
      while (at > 0 && value > load<T>(values + at - 4)) {
        store<T>(values + at, load<T>(values + at - 4));
        store<i32>(indices + at, load<i32>(indices + at - 4));
        at -= 4;
      }
      store<T>(values + at, value);
      store<i32>(indices + at, i);
    }
  }
}

/** The k largest of each row, downwards, and where they are. Arguments: x, values, indices, rows, columns, k, rows in a chunk. */
export function topKF32(job: usize, chunk: i32, thread: i32): void {
  largest<f32>(job, chunk);
}

/** {@link topKF32} of int32. */
export function topKI32(job: usize, chunk: i32, thread: i32): void {
  largest<i32>(job, chunk);
}
