import { intAt, pointerAt } from '../job';
import { multiplyAdd } from '../vector';
import { loadUpTo } from './part';

/** Rows in a chunk of {@link recurrentEntriesF32}. */
const ROWS: i32 = 256;
/** Elements in a chunk of {@link recurrentFiniteF32}. */
const ELEMENTS: i32 = 65536;
/** Columns in a chunk of {@link recurrentScatterF32}: a cache line. */
const COLUMNS: i32 = 16;

/**
 * Of each row of x, where its only number stands that is not 0, and that number; −1 in a row of zeros. As soon as a row has two such
 * numbers, sets the flag and ends. Arguments: x, rows, columns, entries, values, flag.
 */
export function recurrentEntriesF32(job: usize, chunk: i32, thread: i32): void {
  const columns = intAt(job, 2);
  const first = chunk * ROWS;
  const end = min(first + ROWS, intAt(job, 1));
  const flag = pointerAt(job, 5);
  let x = pointerAt(job, 0) + (<usize>(first * columns) << 2);
  let entry = pointerAt(job, 3) + (<usize>first << 2);
  let value = pointerAt(job, 4) + (<usize>first << 2);
  for (let row = first; row < end; row++) {
    let found = i32x4.splat(0);
    let sum = i32x4.splat(0);
    let at = i32x4(0, 1, 2, 3);
    for (let column = 0; column < columns; column += 4) {
      const isNotZero = f32x4.ne(loadUpTo(x + (<usize>column << 2), columns - column), f32x4.splat(0));
      found = i32x4.sub(found, isNotZero);
      sum = i32x4.add(sum, v128.and(isNotZero, at));
      at = i32x4.add(at, i32x4.splat(4));
    }
    const count = sumOfIntegers(found);
    if (count > 1) {
      store<i32>(flag, 1);
      return;
    }
    const index = count == 0 ? -1 : sumOfIntegers(sum);
    store<i32>(entry, index);
    store<f32>(value, index < 0 ? 0 : load<f32>(x + (<usize>index << 2)));
    x += <usize>columns << 2;
    entry += 4;
    value += 4;
  }
}

// @ts-ignore: decorator
@inline
function sumOfIntegers(v: v128): i32 {
  return i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3);
}

/** Sets a chunk's flag to whether a number is NaN or infinite: then its product with 0 may not be left out. Arguments: numbers, count, flags. */
export function recurrentFiniteF32(job: usize, chunk: i32, thread: i32): void {
  const first = chunk * ELEMENTS;
  const count = min(ELEMENTS, intAt(job, 1) - first);
  const from = pointerAt(job, 0) + (<usize>first << 2);
  let zeros = f32x4.splat(0);
  for (let i = 0; i < count; i += 4)
    zeros = multiplyAdd(loadUpTo(from + (<usize>i << 2), count - i), f32x4.splat(0), zeros);
  store<i32>(pointerAt(job, 2) + (<usize>chunk << 2), <i32>v128.any_true(f32x4.ne(zeros, zeros)));
}

/**
 * Adds value · row, of every row of `[rows, columns]`, to the row of the result that its entry says: the product of a matrix of
 * single entries x, transposed, and these rows. A chunk does some columns of all rows, so that sums have one order. Where one of its numbers is
 * not finite, the zeros of x are multiplied, too. Arguments: entries, values, from, rows, columns, to, rows of the result.
 */
export function recurrentScatterF32(job: usize, chunk: i32, thread: i32): void {
  const rows = intAt(job, 3);
  const columns = intAt(job, 4);
  const first = chunk * COLUMNS;
  const count = min(COLUMNS, columns - first);
  const stride = <usize>columns << 2;
  const to = pointerAt(job, 5) + (<usize>first << 2);
  let entry = pointerAt(job, 0);
  let value = pointerAt(job, 1);
  let from = pointerAt(job, 2) + (<usize>first << 2);
  const results = intAt(job, 6);
  for (let row = 0; row < results; row++) memory.fill(to + <usize>row * stride, 0, <usize>count << 2);
  let zeros = f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    const index = load<i32>(entry);
    const scale = f32x4.splat(load<f32>(value));
    const target = to + <usize>index * stride;
    if (count == COLUMNS) {
      const a = v128.load(from);
      const b = v128.load(from, 16);
      const c = v128.load(from, 32);
      const d = v128.load(from, 48);
      zeros = multiplyAdd(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.splat(0), zeros);
      if (index >= 0) {
        v128.store(target, multiplyAdd(scale, a, v128.load(target)));
        v128.store(target, multiplyAdd(scale, b, v128.load(target, 16)), 16);
        v128.store(target, multiplyAdd(scale, c, v128.load(target, 32)), 32);
        v128.store(target, multiplyAdd(scale, d, v128.load(target, 48)), 48);
      }
    } else {
      for (let column = 0; column < count; column++) {
        const at = <usize>column << 2;
        const number = load<f32>(from + at);
        zeros = multiplyAdd(f32x4.splat(number), f32x4.splat(0), zeros);
        if (index >= 0) store<f32>(target + at, load<f32>(target + at) + load<f32>(value) * number);
      }
    }
    entry += 4;
    value += 4;
    from += stride;
  }
  if (v128.any_true(f32x4.ne(zeros, zeros)))
    multiplyAll(pointerAt(job, 0), pointerAt(job, 1), from - <usize>rows * stride, rows, stride, to, results, count);
}

/** to = xᵀ · from, of `count` columns: rows of `from` and `to` are `stride` bytes apart. Slow: for numbers that are rarely met. */
function multiplyAll(entries: usize, values: usize, from: usize, rows: i32, stride: usize, to: usize, results: i32, count: i32): void {
  for (let result = 0; result < results; result++) {
    for (let column = 0; column < count; column++) {
      const at = <usize>column << 2;
      let sum: f32 = 0;
      for (let row = 0; row < rows; row++) {
        const place = <usize>row << 2;
        const x: f32 = load<i32>(entries + place) == result ? load<f32>(values + place) : 0;
        sum += x * load<f32>(from + <usize>row * stride + at);
      }
      store<f32>(to + at, sum);
    }
    to += stride;
  }
}
