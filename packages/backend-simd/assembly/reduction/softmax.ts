import { intAt, pointerAt } from '../job';
import { exp } from '../math/exp';
import { log } from '../math/log';
import { multiplyAdd, sumOfLanes } from '../vector';
import { largestOfLanes, loadSome, storeSome } from './lanes';

// All over rows of `columns` numbers. A row is small beside the first cache, or read three times from the second.

/** The largest of a row; NaN where there is one. */
export function largestOfRow(x: usize, columns: i32): f32 {
  const lowest = f32x4.splat(-Infinity);
  let largest = lowest;
  for (let left = columns; left > 0; left -= 4) {
    largest = f32x4.max(largest, loadSome(x, left, lowest));
    x += 16;
  }
  return largestOfLanes(largest);
}

/** Stores e^(x − largest), unless `to` is 0, and gives their sum. */
export function exponentials(x: usize, to: usize, columns: i32, largest: f32): f32 {
  const shift = f32x4.splat(largest);
  const lowest = f32x4.splat(-Infinity);
  let sum = f32x4.splat(0);
  for (let left = columns; left > 0; left -= 4) {
    const e = exp(f32x4.sub(loadSome(x, left, lowest), shift));
    sum = f32x4.add(sum, e);
    if (to != 0) {
      storeSome(to, e, left);
      to += 16;
    }
    x += 16;
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
  for (let left = columns; left > 0; left -= 4) {
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
