import { intAt, pointerAt } from '../job';

// Sum, largest and smallest along one axis: x is [outer, count, inner], the result [outer, inner]. Where that is too little work to
// share among threads, or too long a chain of additions, the axis is cut into blocks of `block`; the result is then
// [outer, blocks, inner], and is reduced once more.
//
// Numbers are added in 16 lanes, four to a lane at a time, and lanes of a row are put together after 1024 numbers, in float64: rounding errors grow
// with the logarithm of the count and not with the count.

const SUM: i32 = 0;
const MAX: i32 = 1;
const MIN: i32 = 2;

/** Numbers of a row that are added up in float32. */
const SPAN: i32 = 1024;

// @ts-ignore: decorator
@inline
function both<T>(op: i32, a: v128, b: v128): v128 {
  if (op == SUM) return v128.add<T>(a, b);
  return op == MAX ? v128.max<T>(a, b) : v128.min<T>(a, b);
}

// @ts-ignore: decorator
@inline
function bothScalars<T extends number>(op: i32, a: T, b: T): T {
  if (op == SUM) return <T>(a + b);
  return op == MAX ? max<T>(a, b) : min<T>(a, b);
}

/** What the reduction of nothing is. */
// @ts-ignore: decorator
@inline
function nothing<T extends number>(op: i32): T {
  if (op == SUM) return <T>0;
  if (isFloat<T>()) return op == MAX ? <T>-Infinity : <T>Infinity;
  return op == MAX ? <T>i32.MIN_VALUE : <T>i32.MAX_VALUE;
}

// @ts-ignore: decorator
@inline
function acrossLanes<T extends number>(op: i32, v: v128): T {
  const pairs = both<T>(op, v, i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
  return bothScalars<T>(op, v128.extract_lane<T>(pairs, 0), v128.extract_lane<T>(pairs, 1));
}

/** Of four vectors in a row. */
// @ts-ignore: decorator
@inline
function ofFour<T>(op: i32, at: usize): v128 {
  return both<T>(op, both<T>(op, v128.load(at), v128.load(at, 16)), both<T>(op, v128.load(at, 32), v128.load(at, 48)));
}

/** Of one vector in each of four rows. */
// @ts-ignore: decorator
@inline
function ofRows<T>(op: i32, at: usize, stride: usize): v128 {
  const third = at + (stride << 1);
  return both<T>(op, both<T>(op, v128.load(at), v128.load(at + stride)), both<T>(op, v128.load(third), v128.load(third + stride)));
}

/** Of `count` numbers in a row. */
// @ts-ignore: decorator
@inline
function ofRow<T extends number>(op: i32, at: usize, count: i32): T {
  const start = v128.splat<T>(nothing<T>(op));
  let total: f64 = 0;
  let best = nothing<T>(op);
  while (count >= 4) {
    let span = min(count, SPAN) & ~3;
    count -= span;
    let a = start;
    if (span >= 64) {
      let b = start;
      let c = start;
      let d = start;
      for (; span >= 64; span -= 64) {
        a = both<T>(op, a, ofFour<T>(op, at));
        b = both<T>(op, b, ofFour<T>(op, at + 64));
        c = both<T>(op, c, ofFour<T>(op, at + 128));
        d = both<T>(op, d, ofFour<T>(op, at + 192));
        at += 256;
      }
      a = both<T>(op, both<T>(op, a, b), both<T>(op, c, d));
    }
    for (; span > 0; span -= 4) {
      a = both<T>(op, a, v128.load(at));
      at += 16;
    }
    const part = acrossLanes<T>(op, a);
    if (op == SUM && isFloat<T>()) total += <f64>part;
    else best = bothScalars<T>(op, best, part);
  }
  for (; count > 0; count--) {
    if (op == SUM && isFloat<T>()) total += <f64>load<T>(at);
    else best = bothScalars<T>(op, best, load<T>(at));
    at += 4;
  }
  return op == SUM && isFloat<T>() ? <T>total : best;
}

/** Of `rows` rows of `columns` numbers, column by column. */
// @ts-ignore: decorator
@inline
function ofColumns<T extends number>(op: i32, x: usize, rows: i32, columns: i32, out: usize): void {
  const stride = <usize>columns << 2;
  let column = 0;
  for (; column <= columns - 16; column += 16) {
    let at = x + (<usize>column << 2);
    let a = v128.splat<T>(nothing<T>(op));
    let b = a;
    let c = a;
    let d = a;
    let row = 0;
    for (; row <= rows - 4; row += 4) {
      a = both<T>(op, a, ofRows<T>(op, at, stride));
      b = both<T>(op, b, ofRows<T>(op, at + 16, stride));
      c = both<T>(op, c, ofRows<T>(op, at + 32, stride));
      d = both<T>(op, d, ofRows<T>(op, at + 48, stride));
      at += stride << 2;
    }
    for (; row < rows; row++) {
      a = both<T>(op, a, v128.load(at));
      b = both<T>(op, b, v128.load(at, 16));
      c = both<T>(op, c, v128.load(at, 32));
      d = both<T>(op, d, v128.load(at, 48));
      at += stride;
    }
    const to = out + (<usize>column << 2);
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
  for (; column <= columns - 4; column += 4) {
    let at = x + (<usize>column << 2);
    let a = v128.splat<T>(nothing<T>(op));
    let row = 0;
    for (; row <= rows - 4; row += 4) {
      a = both<T>(op, a, ofRows<T>(op, at, stride));
      at += stride << 2;
    }
    for (; row < rows; row++) {
      a = both<T>(op, a, v128.load(at));
      at += stride;
    }
    v128.store(out + (<usize>column << 2), a);
  }
  for (; column < columns; column++) {
    let at = x + (<usize>column << 2);
    let a = nothing<T>(op);
    let b = a;
    let row = 0;
    for (; row <= rows - 2; row += 2) {
      a = bothScalars<T>(op, a, load<T>(at));
      b = bothScalars<T>(op, b, load<T>(at + stride));
      at += stride << 1;
    }
    if (row < rows) a = bothScalars<T>(op, a, load<T>(at));
    store<T>(out + (<usize>column << 2), bothScalars<T>(op, a, b));
  }
}

/**
 * As {@link ofColumns}, for few columns: four rows are taken as one, whose length is then a multiple of a vector's, and the four
 * numbers of each column are put together at the end.
 */
// @ts-ignore: decorator
@inline
function ofFewColumns<T extends number>(op: i32, x: usize, rows: i32, columns: i32, out: usize): void {
  for (let column = 0; column < columns; column++) store<T>(out + (<usize>column << 2), nothing<T>(op));
  const stride = <usize>columns << 4;
  let column = 0;
  for (let vector = 0; vector < columns; vector++) {
    let at = x + (<usize>vector << 4);
    let a = v128.splat<T>(nothing<T>(op));
    let b = a;
    let row = 0;
    for (; row <= rows - 32; row += 32) {
      a = both<T>(op, a, ofRows<T>(op, at, stride));
      at += stride << 2;
      b = both<T>(op, b, ofRows<T>(op, at, stride));
      at += stride << 2;
    }
    for (; row <= rows - 4; row += 4) {
      a = both<T>(op, a, v128.load(at));
      at += stride;
    }
    a = both<T>(op, a, b);
    for (let lane = 0; lane < 4; lane++) {
      const to = out + (<usize>column << 2);
      store<T>(to, bothScalars<T>(op, load<T>(to), v128.extract_lane<T>(a, 0)));
      a = i8x16.shuffle(a, a, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3);
      if (++column == columns) column = 0;
    }
  }
  let at = x + <usize>(rows & ~3) * (<usize>columns << 2);
  for (let row = rows & ~3; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const to = out + (<usize>column << 2);
      store<T>(to, bothScalars<T>(op, load<T>(to), load<T>(at)));
      at += 4;
    }
  }
}

/** Rows up to this length are added up four at a time. */
const SHORT: i32 = 63;

/** The two lower numbers of v as float64. */
// @ts-ignore: decorator
@inline
function wideLow(v: v128): v128 {
  return f64x2.promote_low_f32x4(v);
}

/** The two upper ones. */
// @ts-ignore: decorator
@inline
function wideHigh(v: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(v, v, 1, 1));
}

// @ts-ignore: decorator
@inline
function narrow(low: v128, high: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** Sums of rows of float32, divided by `divisor`: to the bit what {@link ofRow} gives of rows up to {@link SHORT}, of which `rows`, a multiple of four, are taken. */
function sumShortRows(x: usize, rows: i32, count: i32, divisor: f64, to: usize): void {
  const stride = <usize>count << 2;
  const whole = <usize>(count & ~3) << 2;
  const by = f64x2.splat(divisor);
  for (; rows > 0; rows -= 4) {
    const third = x + (stride << 1);
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let at: usize = 0;
    for (; at < whole; at += 16) {
      a = f32x4.add(a, v128.load(x + at));
      b = f32x4.add(b, v128.load(x + stride + at));
      c = f32x4.add(c, v128.load(third + at));
      d = f32x4.add(d, v128.load(third + stride + at));
    }
    const ab = f32x4.add(i64x2.shuffle(a, b, 0, 2), i64x2.shuffle(a, b, 1, 3));
    const cd = f32x4.add(i64x2.shuffle(c, d, 0, 2), i64x2.shuffle(c, d, 1, 3));
    let sum = f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
    if (at < stride) {
      let low = wideLow(sum);
      let high = wideHigh(sum);
      for (; at < stride; at += 4) {
        const left = v128.load32_lane(x + stride + at, v128.load32_zero(x + at), 1);
        const right = v128.load32_lane(third + stride + at, v128.load32_zero(third + at), 1);
        low = f64x2.add(low, wideLow(left));
        high = f64x2.add(high, wideLow(right));
      }
      sum = narrow(low, high);
    }
    if (divisor != 1) sum = narrow(f64x2.div(wideLow(sum), by), f64x2.div(wideHigh(sum), by));
    v128.store(to, sum);
    x += stride << 2;
    to += 16;
  }
}

/** Arguments: x, out, outer, count, inner, block, units of (outer, block) in a chunk, by what the result is divided. */
// @ts-ignore: decorator
@inline
function reduce<T extends number>(op: i32, job: usize, chunk: i32): void {
  const x = pointerAt(job, 0);
  const out = pointerAt(job, 1);
  const count = intAt(job, 3);
  const inner = intAt(job, 4);
  const block = intAt(job, 5);
  const perChunk = intAt(job, 6);
  const divisor = load<f64>(job + 56);
  const blocks = max((count + block - 1) / block, 1);
  const end = min((chunk + 1) * perChunk, intAt(job, 2) * blocks);
  // Counted along: a division takes longer than a short row.
  let first = ((chunk * perChunk) % blocks) * block;
  let begin = ((chunk * perChunk) / blocks) * count;
  let unit = chunk * perChunk;
  if (op == SUM && isFloat<T>() && inner == 1 && blocks == 1 && count <= SHORT) {
    const rows = (end - unit) & ~3;
    sumShortRows(x + (<usize>(unit * count) << 2), rows, count, divisor, out + (<usize>unit << 2));
    unit += rows;
    begin += rows * count;
  }
  for (; unit < end; unit++) {
    const rows = min(block, count - first);
    const from = x + (<usize>(begin + first) * <usize>inner << 2);
    first += block;
    if (first >= count) {
      first = 0;
      begin += count;
    }
    const to = out + (<usize>unit * <usize>inner << 2);
    if (inner == 1) store<T>(to, ofRow<T>(op, from, rows));
    else if (inner < 16 && rows >= 16) ofFewColumns<T>(op, from, rows, inner, to);
    else ofColumns<T>(op, from, rows, inner, to);
    if (op == SUM && isFloat<T>() && divisor != 1) {
      for (let i = 0; i < inner; i++) store<T>(to + (<usize>i << 2), <T>(<f64>load<T>(to + (<usize>i << 2)) / divisor));
    }
  }
}

/** Σ x / divisor, float32. */
export function sumF32(job: usize, chunk: i32, thread: i32): void {
  reduce<f32>(SUM, job, chunk);
}

/** Σ x, int32, modulo 2³². */
export function sumI32(job: usize, chunk: i32, thread: i32): void {
  reduce<i32>(SUM, job, chunk);
}

/** Largest x, float32; NaN where there is one. */
export function maxF32(job: usize, chunk: i32, thread: i32): void {
  reduce<f32>(MAX, job, chunk);
}

/** Largest x, int32. */
export function maxI32(job: usize, chunk: i32, thread: i32): void {
  reduce<i32>(MAX, job, chunk);
}

/** Smallest x, float32; NaN where there is one. */
export function minF32(job: usize, chunk: i32, thread: i32): void {
  reduce<f32>(MIN, job, chunk);
}

/** Smallest x, int32. */
export function minI32(job: usize, chunk: i32, thread: i32): void {
  reduce<i32>(MIN, job, chunk);
}
