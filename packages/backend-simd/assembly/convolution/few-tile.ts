// The tile of convolutions with few products a sum, which convolve-few.ts and filter-gradient-few.ts are made of: up to six rows by two
// vectors, or three rows by three, of sums over a table of `count` entries of 64 bytes. An entry holds the vectors that are multiplied,
// the last of them at 32, and at 48 how far from the first number of a row its factor lies; sums that tiles begin with are placed alike:
//   sums[row][v] = start[row][v] + Σ x[row + offset of the entry] · vector v of the entry.
// Three vectors take the 9 to 12 filters of small networks in one pass over x, where panels of 8 and 4 would take two. What holds for
// V8 is said in convolve-tile.ts.
import { multiplyAdd } from '../vector';

/** Bytes of an entry of the table. */
// @ts-ignore: decorator
@inline
export const ENTRY: usize = 64;
/** Where in an entry the last vector is. */
// @ts-ignore: decorator
@inline
export const LAST: usize = 32;
/** Where in an entry the offset is. */
// @ts-ignore: decorator
@inline
export const OFFSET: usize = 48;
/** Rows of a tile of two vectors; without multiply-add a product takes a register, too. */
// @ts-ignore: decorator
@inline
const TALL: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;

// What tiles have in common, at `shape`: bytes from one row to the next of x, `start` and the result, and from there to its last vector, all
// usize; then the least result, float32: what is below it is cut off; and room for sums.

/** Bytes of it. */
// @ts-ignore: decorator
@inline
export const SHAPE: usize = 224;
/** Where its room is. */
// @ts-ignore: decorator
@inline
const SUMS: usize = 32;

export function describeTile(shape: usize, xStep: usize, startStep: usize, toStep: usize, last: usize, least: f32): void {
  store<usize>(shape, xStep);
  store<usize>(shape, startStep, 4);
  store<usize>(shape, toStep, 8);
  store<usize>(shape, last, 12);
  store<f32>(shape, least, 16);
}

/** Rows of a tile of `vectors` vectors. */
// @ts-ignore: decorator
@inline
export function fewRows(vectors: i32): i32 {
  return vectors == 3 ? 3 : TALL;
}

/** Vectors of the panel that begins where `left` are left, of 2 or more: twos, and a three at the end of an odd number. */
// @ts-ignore: decorator
@inline
export function panelVectors(left: i32): i32 {
  return left == 3 ? 3 : 2;
}

// @ts-ignore: decorator
@inline
function tile(ROWS: i32, VECTORS: i32, x: usize, table: usize, count: i32, start: usize, to: usize, shape: usize): void {
  const startStep = load<usize>(shape, 4);
  let a0 = v128.load(start);
  let a1 = VECTORS == 3 ? v128.load(start, 16) : a0;
  let a2 = v128.load(start, LAST);
  start += startStep;
  let b0 = v128.load(start);
  let b1 = VECTORS == 3 ? v128.load(start, 16) : b0;
  let b2 = v128.load(start, LAST);
  start += startStep;
  let c0 = v128.load(start);
  let c1 = VECTORS == 3 ? v128.load(start, 16) : c0;
  let c2 = v128.load(start, LAST);
  start += startStep;
  let d0 = ROWS > 3 ? v128.load(start) : a0;
  let d2 = ROWS > 3 ? v128.load(start, LAST) : a0;
  start += startStep;
  let e0 = ROWS > 4 ? v128.load(start) : a0;
  let e2 = ROWS > 4 ? v128.load(start, LAST) : a0;
  start += startStep;
  let f0 = ROWS > 4 ? v128.load(start) : a0;
  let f2 = ROWS > 4 ? v128.load(start, LAST) : a0;
  const xStep = load<usize>(shape);
  for (let k = count; k > 0; k--) {
    let at = x + load<usize>(table, OFFSET);
    const w0 = v128.load(table);
    const w1 = VECTORS == 3 ? v128.load(table, 16) : w0;
    const w2 = v128.load(table, LAST);
    let factor = v128.load32_splat(at);
    a0 = multiplyAdd(factor, w0, a0);
    if (VECTORS == 3) a1 = multiplyAdd(factor, w1, a1);
    a2 = multiplyAdd(factor, w2, a2);
    at += xStep;
    factor = v128.load32_splat(at);
    b0 = multiplyAdd(factor, w0, b0);
    if (VECTORS == 3) b1 = multiplyAdd(factor, w1, b1);
    b2 = multiplyAdd(factor, w2, b2);
    at += xStep;
    factor = v128.load32_splat(at);
    c0 = multiplyAdd(factor, w0, c0);
    if (VECTORS == 3) c1 = multiplyAdd(factor, w1, c1);
    c2 = multiplyAdd(factor, w2, c2);
    if (ROWS > 3) {
      at += xStep;
      factor = v128.load32_splat(at);
      d0 = multiplyAdd(factor, w0, d0);
      d2 = multiplyAdd(factor, w2, d2);
    }
    if (ROWS > 4) {
      at += xStep;
      factor = v128.load32_splat(at);
      e0 = multiplyAdd(factor, w0, e0);
      e2 = multiplyAdd(factor, w2, e2);
      at += xStep;
      factor = v128.load32_splat(at);
      f0 = multiplyAdd(factor, w0, f0);
      f2 = multiplyAdd(factor, w2, f2);
    }
    table += ENTRY;
  }
  const toStep = load<usize>(shape, 8);
  const last = load<usize>(shape, 12);
  // NaN stays: pmax returns its first operand where either is NaN.
  const least = v128.load32_splat(shape, 16);
  if (VECTORS == 3) {
    v128.store(to, f32x4.pmax(a0, least));
    v128.store(to, f32x4.pmax(a1, least), 16);
    v128.store(to + last, f32x4.pmax(a2, least));
    to += toStep;
    v128.store(to, f32x4.pmax(b0, least));
    v128.store(to, f32x4.pmax(b1, least), 16);
    v128.store(to + last, f32x4.pmax(b2, least));
    to += toStep;
    v128.store(to, f32x4.pmax(c0, least));
    v128.store(to, f32x4.pmax(c1, least), 16);
    v128.store(to + last, f32x4.pmax(c2, least));
    return;
  }
  // Through memory: any operation before the stores, and the loop has too few registers.
  let sums = shape + SUMS;
  v128.store(sums, a0);
  v128.store(sums, a2, 16);
  v128.store(sums, b0, 32);
  v128.store(sums, b2, 48);
  v128.store(sums, c0, 64);
  v128.store(sums, c2, 80);
  v128.store(sums, d0, 96);
  v128.store(sums, d2, 112);
  if (ROWS > 4) {
    v128.store(sums, e0, 128);
    v128.store(sums, e2, 144);
    v128.store(sums, f0, 160);
    v128.store(sums, f2, 176);
  }
  for (let row = 0; row < ROWS; row++) {
    v128.store(to, f32x4.pmax(v128.load(sums), least));
    v128.store(to + last, f32x4.pmax(v128.load(sums, 16), least));
    to += toStep;
    sums += 32;
  }
}

/** Three rows of three vectors. The module exports these, so that they are not made part of their callers. */
export function tile3x12(x: usize, table: usize, count: i32, start: usize, to: usize, shape: usize): void {
  tile(3, 3, x, table, count, start, to, shape);
}

/** Six rows, or four, of two vectors. */
export function tileTallx8(x: usize, table: usize, count: i32, start: usize, to: usize, shape: usize): void {
  tile(TALL, 2, x, table, count, start, to, shape);
}

// @ts-ignore: decorator
@inline
export function runFewTile(vectors: i32, x: usize, table: usize, count: i32, start: usize, to: usize, shape: usize): void {
  if (vectors == 3) tile3x12(x, table, count, start, to, shape);
  else tileTallx8(x, table, count, start, to, shape);
}
