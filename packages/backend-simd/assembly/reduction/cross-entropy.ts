import { intAt, pointerAt } from '../job';
import { exp } from '../math/exp';
import { log, log1p } from '../math/log';
import { sumOfLanes } from '../vector';
import { loadSome, storeSome } from './lanes';
import { exponentials, largestOfRow, logOf, scaleRow } from './softmax';

// The contract is that of JogakCrossEntropy in @jogak/ops. Arguments of all: targets, predictions, values [rows], gradient
// [rows, columns], or 0 where none is wanted, rows, columns, rows in a chunk, whether targets are int32, what keeps probabilities from 0 and 1.

/** Up to four targets. */
// @ts-ignore: decorator
@inline
function someTargets(at: usize, count: i32, areInts: bool): v128 {
  const some = loadSome(at, count, i32x4.splat(0));
  return areInts ? f32x4.convert_i32x4_s(some) : some;
}

/** Class numbers, against logits. */
export function sparseSoftmaxCrossEntropyF32(job: usize, chunk: i32, thread: i32): void {
  const gradient = pointerAt(job, 3);
  const columns = intAt(job, 5);
  const perChunk = intAt(job, 6);
  const end = min((chunk + 1) * perChunk, intAt(job, 4));
  for (let row = chunk * perChunk; row < end; row++) {
    const offset = <usize>(row * columns) << 2;
    const x = pointerAt(job, 1) + offset;
    const to: usize = gradient == 0 ? 0 : gradient + offset;
    const label = load<i32>(pointerAt(job, 0) + (<usize>row << 2));
    const isClass = <u32>label < <u32>columns;
    const largest = largestOfRow(x, columns);
    const sum = exponentials(x, to, columns, largest);
    store<f32>(pointerAt(job, 2) + (<usize>row << 2), isClass ? logOf(sum) - (load<f32>(x + (<usize>label << 2)) - largest) : 0);
    if (to == 0) continue;
    scaleRow(to, to, columns, isClass ? 1 / sum : 0);
    if (isClass) store<f32>(to + (<usize>label << 2), load<f32>(to + (<usize>label << 2)) - 1);
  }
}

/** A probability for each class, against logits. */
export function softmaxCrossEntropyF32(job: usize, chunk: i32, thread: i32): void {
  const gradient = pointerAt(job, 3);
  const columns = intAt(job, 5);
  const perChunk = intAt(job, 6);
  const areInts = intAt(job, 7) != 0;
  const end = min((chunk + 1) * perChunk, intAt(job, 4));
  for (let row = chunk * perChunk; row < end; row++) {
    const offset = <usize>(row * columns) << 2;
    const targets = pointerAt(job, 0) + offset;
    const x = pointerAt(job, 1) + offset;
    const to: usize = gradient == 0 ? 0 : gradient + offset;
    const largest = largestOfRow(x, columns);
    const shift = f32x4.splat(largest);
    const sum = exponentials(x, to, columns, largest);
    const logSum = f32x4.splat(logOf(sum));
    let value = f32x4.splat(0);
    let total = f32x4.splat(0);
    let at: usize = 0;
    for (let left = columns; left > 0; left -= 4) {
      const t = someTargets(targets + at, left, areInts);
      value = f32x4.add(value, f32x4.mul(t, f32x4.sub(logSum, f32x4.sub(loadSome(x + at, left, shift), shift))));
      total = f32x4.add(total, t);
      at += 16;
    }
    store<f32>(pointerAt(job, 2) + (<usize>row << 2), sumOfLanes(value));
    if (to == 0) continue;
    const factor = f32x4.splat(sumOfLanes(total) / sum);
    at = 0;
    for (let left = columns; left > 0; left -= 4) {
      const p = f32x4.mul(loadSome(to + at, left, factor), factor);
      storeSome(to + at, f32x4.sub(p, someTargets(targets + at, left, areInts)), left);
      at += 16;
    }
  }
}

/** Class numbers, against probabilities, which are divided by their sum. */
export function sparseCrossEntropyF32(job: usize, chunk: i32, thread: i32): void {
  const gradient = pointerAt(job, 3);
  const columns = intAt(job, 5);
  const perChunk = intAt(job, 6);
  const epsilon = load<f64>(job + 64);
  const least = <f32>epsilon;
  const most = <f32>(1 - epsilon);
  const end = min((chunk + 1) * perChunk, intAt(job, 4));
  for (let row = chunk * perChunk; row < end; row++) {
    const offset = <usize>(row * columns) << 2;
    const x = pointerAt(job, 1) + offset;
    const label = load<i32>(pointerAt(job, 0) + (<usize>row << 2));
    const isClass = <u32>label < <u32>columns;
    let total = f32x4.splat(0);
    let at: usize = 0;
    for (let left = columns; left > 0; left -= 4) {
      total = f32x4.add(total, loadSome(x + at, left, f32x4.splat(0)));
      at += 16;
    }
    const sum = sumOfLanes(total);
    const p = (isClass ? load<f32>(x + (<usize>label << 2)) : <f32>0) / sum;
    const clipped = max(min(p, most), least);
    store<f32>(pointerAt(job, 2) + (<usize>row << 2), -logOf(clipped));
    if (gradient == 0) continue;
    const to = gradient + offset;
    // −log p changes by −1/p for a change of p, p by (1 − p)/Σ for its own class and by −p/Σ for the others.
    const inside = p >= least && p <= most;
    const others = f32x4.splat(inside ? 1 / sum : 0);
    at = 0;
    for (let left = columns; left > 0; left -= 4) {
      storeSome(to + at, others, left);
      at += 16;
    }
    if (isClass && inside) store<f32>(to + (<usize>label << 2), 1 / sum - 1 / (p * sum));
  }
}

/** A probability for each class, against probabilities, which are divided by their sum. */
export function crossEntropyF32(job: usize, chunk: i32, thread: i32): void {
  const gradient = pointerAt(job, 3);
  const columns = intAt(job, 5);
  const perChunk = intAt(job, 6);
  const areInts = intAt(job, 7) != 0;
  const epsilon = load<f64>(job + 64);
  const least = f32x4.splat(<f32>epsilon);
  const most = f32x4.splat(<f32>(1 - epsilon));
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const end = min((chunk + 1) * perChunk, intAt(job, 4));
  for (let row = chunk * perChunk; row < end; row++) {
    const offset = <usize>(row * columns) << 2;
    const targets = pointerAt(job, 0) + offset;
    const x = pointerAt(job, 1) + offset;
    let total = zero;
    let at: usize = 0;
    for (let left = columns; left > 0; left -= 4) {
      total = f32x4.add(total, loadSome(x + at, left, zero));
      at += 16;
    }
    const sum = f32x4.splat(sumOfLanes(total));
    let value = zero;
    let mean = zero;
    at = 0;
    for (let left = columns; left > 0; left -= 4) {
      const t = someTargets(targets + at, left, areInts);
      const p = f32x4.div(loadSome(x + at, left, one), sum);
      const clipped = f32x4.max(f32x4.min(p, most), least);
      value = f32x4.sub(value, f32x4.mul(t, log(clipped)));
      if (gradient != 0) {
        const inside = v128.and(f32x4.ge(p, least), f32x4.le(p, most));
        const slope = v128.and(f32x4.neg(f32x4.div(t, clipped)), inside);
        storeSome(gradient + offset + at, slope, left);
        mean = f32x4.add(mean, f32x4.mul(slope, p));
      }
      at += 16;
    }
    store<f32>(pointerAt(job, 2) + (<usize>row << 2), sumOfLanes(value));
    if (gradient == 0) continue;
    const shift = f32x4.splat(sumOfLanes(mean));
    at = gradient + offset;
    for (let left = columns; left > 0; left -= 4) {
      storeSome(at, f32x4.div(f32x4.sub(loadSome(at, left, shift), shift), sum), left);
      at += 16;
    }
  }
}

// @ts-ignore: decorator
@inline
function binary(areLogits: bool, job: usize, chunk: i32): void {
  const gradient = pointerAt(job, 3);
  const columns = intAt(job, 5);
  const perChunk = intAt(job, 6);
  const areInts = intAt(job, 7) != 0;
  const epsilon = load<f64>(job + 64);
  const least = f32x4.splat(<f32>epsilon);
  const most = f32x4.splat(<f32>(1 - epsilon));
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const share = f32x4.splat(<f32>1 / <f32>columns);
  const rows = min(perChunk, intAt(job, 4) - chunk * perChunk);
  const first = <usize>(chunk * perChunk) << 2;
  let targets = pointerAt(job, 0) + first * <usize>columns;
  let x = pointerAt(job, 1) + first * <usize>columns;
  let to = gradient + first * <usize>columns;
  let values = pointerAt(job, 2) + first;
  // Rows of one number are as one row, whose values are all wanted.
  const isSingle = columns == 1;
  const length = isSingle ? rows : columns;
  for (let row = isSingle ? 1 : rows; row > 0; row--) {
    let sum = zero;
    for (let left = length; left > 0; left -= 4) {
      const count = min(left, 4);
      const t = someTargets(targets, count, areInts);
      const p = loadSome(x, count, one);
      let value: v128;
      let slope: v128;
      if (areLogits) {
        const e = exp(v128.or(p, f32x4.splat(-0.0)));
        const isNegative = f32x4.lt(p, zero);
        value = f32x4.add(f32x4.sub(f32x4.max(p, zero), f32x4.mul(p, t)), log1p(e));
        slope = f32x4.sub(f32x4.div(v128.bitselect(e, one, isNegative), f32x4.add(one, e)), t);
      } else {
        const clipped = f32x4.max(f32x4.min(p, most), least);
        const other = f32x4.sub(one, clipped);
        const not = f32x4.sub(one, t);
        value = f32x4.neg(f32x4.add(f32x4.mul(t, log(clipped)), f32x4.mul(not, log(other))));
        const inside = v128.and(f32x4.ge(p, least), f32x4.le(p, most));
        slope = v128.and(f32x4.sub(f32x4.div(not, other), f32x4.div(t, clipped)), inside);
      }
      if (gradient != 0) storeSome(to, f32x4.mul(slope, share), count);
      if (isSingle) {
        storeSome(values, value, count);
        values += 16;
      } else {
        // What stands behind the end of the row counts nothing.
        sum = f32x4.add(sum, v128.and(value, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count))));
      }
      targets += <usize>count << 2;
      x += <usize>count << 2;
      to += <usize>count << 2;
    }
    if (!isSingle) {
      store<f32>(values, sumOfLanes(sum) / <f32>columns);
      values += 4;
    }
  }
}

/** A yes or no for each column, against logits; values are the mean of a row. */
export function sigmoidCrossEntropyF32(job: usize, chunk: i32, thread: i32): void {
  binary(true, job, chunk);
}

/** A yes or no for each column, against probabilities; values are the mean of a row. */
export function binaryCrossEntropyF32(job: usize, chunk: i32, thread: i32): void {
  binary(false, job, chunk);
}
