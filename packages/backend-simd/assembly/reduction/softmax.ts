import { intAt, pointerAt } from '../job';
import { exp, expInside, isInside } from '../math/exp';
import { log } from '../math/log';
import { multiplyAdd, sumOfLanes } from '../vector';
import { loadSome, storeSome } from './lanes';

// All over rows of `columns` numbers. A row is small beside the first cache, or read three times from the second.

/** The largest of a row. Of one that has NaN it may be any: its exponentials have NaN in any case. */
export function largestOfRow(x: usize, columns: i32): f32 {
  const lowest = f32x4.splat(-Infinity);
  const end = x + (<usize>columns << 2);
  // The last four once more, instead of a part of them.
  let a = columns < 4 ? loadSome(x, columns, lowest) : v128.load(end - 16);
  let b = lowest;
  for (; x + 32 <= end; x += 32) {
    a = f32x4.pmax(a, v128.load(x));
    b = f32x4.pmax(b, v128.load(x, 16));
  }
  if (x + 16 <= end) a = f32x4.pmax(a, v128.load(x));
  a = f32x4.pmax(a, b);
  a = f32x4.pmax(a, i8x16.shuffle(a, a, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  a = f32x4.pmax(a, i8x16.shuffle(a, a, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
  return f32x4.extract_lane(a, 0);
}

/** Stores e^(x − largest), unless `to`, another row, is 0, and gives their sum. */
export function exponentials(x: usize, to: usize, columns: i32, largest: f32): f32 {
  const shift = f32x4.splat(largest);
  let sum = f32x4.splat(0);
  let left = columns;
  for (; left >= 16; left -= 16) {
    let a = f32x4.sub(v128.load(x), shift);
    let b = f32x4.sub(v128.load(x, 16), shift);
    let c = f32x4.sub(v128.load(x, 32), shift);
    let d = f32x4.sub(v128.load(x, 48), shift);
    if (i32x4.all_true(v128.and(v128.and(isInside(a), isInside(b)), v128.and(isInside(c), isInside(d))))) {
      a = expInside(a);
      b = expInside(b);
      c = expInside(c);
      d = expInside(d);
    } else {
      a = exp(a);
      b = exp(b);
      c = exp(c);
      d = exp(d);
    }
    sum = f32x4.add(f32x4.add(f32x4.add(f32x4.add(sum, a), b), c), d);
    if (to != 0) {
      v128.store(to, a);
      v128.store(to, b, 16);
      v128.store(to, c, 32);
      v128.store(to, d, 48);
      to += 64;
    }
    x += 64;
  }
  for (; left >= 4; left -= 4) {
    const e = exp(f32x4.sub(v128.load(x), shift));
    sum = f32x4.add(sum, e);
    if (to != 0) {
      v128.store(to, e);
      to += 16;
    }
    x += 16;
  }
  if (left > 0) {
    const e = exp(f32x4.sub(loadSome(x, left, f32x4.splat(-Infinity)), shift));
    sum = f32x4.add(sum, e);
    if (to != 0) storeSome(to, e, left);
  }
  return sumOfLanes(sum);
}

/** log of one number. */
export function logOf(x: f32): f32 {
  return f32x4.extract_lane(log(f32x4.splat(x)), 0);
}

/** to = from · factor. */
export function scaleRow(from: usize, to: usize, columns: i32, factor: f32): void {
  const by = f32x4.splat(factor);
  let left = columns;
  for (; left >= 16; left -= 16) {
    v128.store(to, f32x4.mul(v128.load(from), by));
    v128.store(to, f32x4.mul(v128.load(from, 16), by), 16);
    v128.store(to, f32x4.mul(v128.load(from, 32), by), 32);
    v128.store(to, f32x4.mul(v128.load(from, 48), by), 48);
    from += 64;
    to += 64;
  }
  for (; left > 0; left -= 4) {
    storeSome(to, f32x4.mul(loadSome(from, left, by), by), left);
    from += 16;
    to += 16;
  }
}

/** eˣ / Σ eˣ of each row. Arguments: x, to, rows, columns, rows in a chunk. */
export function softmaxF32(job: usize, chunk: i32, thread: i32): void {
  const columns = intAt(job, 3);
  const perChunk = intAt(job, 4);
  const end = min((chunk + 1) * perChunk, intAt(job, 2));
  for (let row = chunk * perChunk; row < end; row++) {
    const offset = <usize>(row * columns) << 2;
    const x = pointerAt(job, 0) + offset;
    const to = pointerAt(job, 1) + offset;
    const sum = exponentials(x, to, columns, largestOfRow(x, columns));
    scaleRow(to, to, columns, 1 / sum);
  }
}

/** x − log Σ eˣ of each row. Arguments: x, to, rows, columns, rows in a chunk. */
export function logSoftmaxF32(job: usize, chunk: i32, thread: i32): void {
  const columns = intAt(job, 3);
  const perChunk = intAt(job, 4);
  const end = min((chunk + 1) * perChunk, intAt(job, 2));
  for (let row = chunk * perChunk; row < end; row++) {
    let x = pointerAt(job, 0) + (<usize>(row * columns) << 2);
    let to = pointerAt(job, 1) + (<usize>(row * columns) << 2);
    const largest = largestOfRow(x, columns);
    const shift = f32x4.splat(largest);
    const logSum = f32x4.splat(logOf(exponentials(x, 0, columns, largest)));
    for (let left = columns; left > 0; left -= 4) {
      storeSome(to, f32x4.sub(f32x4.sub(loadSome(x, left, shift), shift), logSum), left);
      x += 16;
      to += 16;
    }
  }
}

/** y · (dy − Σ y · dy) of each row, the gradient of softmax. Arguments: y, dy, to, rows, columns, rows in a chunk. */
export function softmaxGradF32(job: usize, chunk: i32, thread: i32): void {
  const columns = intAt(job, 4);
  const perChunk = intAt(job, 5);
  const end = min((chunk + 1) * perChunk, intAt(job, 3));
  const zero = f32x4.splat(0);
  for (let row = chunk * perChunk; row < end; row++) {
    const offset = <usize>(row * columns) << 2;
    const y = pointerAt(job, 0) + offset;
    const dy = pointerAt(job, 1) + offset;
    const to = pointerAt(job, 2) + offset;
    let sum = zero;
    let at: usize = 0;
    for (let left = columns; left > 0; left -= 4) {
      sum = multiplyAdd(loadSome(y + at, left, zero), loadSome(dy + at, left, zero), sum);
      at += 16;
    }
    const mean = f32x4.splat(sumOfLanes(sum));
    at = 0;
    for (let left = columns; left > 0; left -= 4) {
      storeSome(to + at, f32x4.mul(loadSome(y + at, left, zero), f32x4.sub(loadSome(dy + at, left, zero), mean)), left);
      at += 16;
    }
  }
}
