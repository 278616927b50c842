import { multiplyAdd } from '../vector';

// The tile of a product, C = S·V: 6, 5 or 4 rows of S, whose values are broadcast one at a time, by 8 columns of V, two vectors. Where
// S, V and C lie is given by strides in bytes, so that a matrix, a transposed matrix and a packed panel are one case:
//   S[i][k] at s + i·sRow + k·sStep,  V[k][j] at v + k·vStep + 4·j,  C[i][j] at c + i·cRow + 4·j.
// Of S only the first `rows` rows are touched, and the last of them stands for those that are not there; of V and C all 8 columns are.
// For less than a whole tile, and for rows below 4, see any-tile.ts.
//
// The sums begin at zero where `initial` is 0, else at initial + i·initialRow + 4·j: at C itself to accumulate, at a bias with
// initialRow 0. Each sum is taken in the order of k, whatever the tile, so that results do not depend on how C is cut.
//
// 6 × 8 takes 12 registers for sums, 2 for V, 1 for S: all that V8 leaves of 16. With 256 k from the first cache, multiply-add reaches
// 94 % of its peak on Zen 4; 5 × 8 90 % and 4 × 8 82 % (too few sums to hide its latency); 7 × 8, 4 × 12, 3 × 16 and loops with k
// unrolled spill, 37 to 73 %. In plain SIMD a product takes a register more: 5 × 8 is best, then 4 × 8.
//
// V8 places the multiply-adds of the loop in the order in which the sums are used after it. So they are stored at once, all, and in
// the order of the loads in the loop: with any condition in between, the values of S pile up in registers and spill, at half the speed.

/** Rows of the tallest tile. */
// @ts-ignore: decorator
@inline
export const TALLEST: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 5;

/** How many rows the next tile takes where `left` are left: tiles of about the same height, as few as can be. */
// @ts-ignore: decorator
@inline
export function tileHeight(left: i32): i32 {
  const tiles = (left + TALLEST - 1) / TALLEST;
  return (left + tiles - 1) / tiles;
}

/** The tile of `rows` (1 to TALLEST) rows; C has room for 4 at the least. */
// @ts-ignore: decorator
@inline
export function tile(
  rows: i32,
  s: usize,
  sRow: usize,
  sStep: usize,
  v: usize,
  vStep: usize,
  depth: i32,
  initial: usize,
  initialRow: usize,
  c: usize,
  cRow: usize,
): void {
  if (TALLEST == 6 && rows == 6) tile6x8(s, sRow, sStep, v, vStep, depth, initial, initialRow, c, cRow);
  else if (rows == 5) tile5x8(s, sRow, sStep, v, vStep, depth, initial, initialRow, c, cRow);
  else tile4x8(rows, s, sRow, sStep, v, vStep, depth, initial, initialRow, c, cRow);
}

export function tile6x8(
  s: usize,
  sRow: usize,
  sStep: usize,
  v: usize,
  vStep: usize,
  depth: i32,
  initial: usize,
  initialRow: usize,
  c: usize,
  cRow: usize,
): void {
  sums(6, 6, s, sRow, sStep, v, vStep, depth, initial, initialRow, c, cRow);
}

export function tile5x8(
  s: usize,
  sRow: usize,
  sStep: usize,
  v: usize,
  vStep: usize,
  depth: i32,
  initial: usize,
  initialRow: usize,
  c: usize,
  cRow: usize,
): void {
  sums(5, 5, s, sRow, sStep, v, vStep, depth, initial, initialRow, c, cRow);
}

export function tile4x8(
  rows: i32,
  s: usize,
  sRow: usize,
  sStep: usize,
  v: usize,
  vStep: usize,
  depth: i32,
  initial: usize,
  initialRow: usize,
  c: usize,
  cRow: usize,
): void {
  sums(4, rows, s, sRow, sStep, v, vStep, depth, initial, initialRow, c, cRow);
}

/** ROWS is a constant of each call. */
// @ts-ignore: decorator
@inline
function sums(
  ROWS: i32,
  rows: i32,
  s: usize,
  sRow: usize,
  sStep: usize,
  v: usize,
  vStep: usize,
  depth: i32,
  initial: usize,
  initialRow: usize,
  c: usize,
  cRow: usize,
): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0);
  let c41 = f32x4.splat(0);
  let c50 = f32x4.splat(0);
  let c51 = f32x4.splat(0);
  if (initial != 0) {
    let from = initial;
    c00 = v128.load(from);
    c01 = v128.load(from, 16);
    from += rows > 1 ? initialRow : 0;
    c10 = v128.load(from);
    c11 = v128.load(from, 16);
    from += rows > 2 ? initialRow : 0;
    c20 = v128.load(from);
    c21 = v128.load(from, 16);
    from += rows > 3 ? initialRow : 0;
    c30 = v128.load(from);
    c31 = v128.load(from, 16);
    if (ROWS > 4) {
      from += initialRow;
      c40 = v128.load(from);
      c41 = v128.load(from, 16);
    }
    if (ROWS > 5) {
      from += initialRow;
      c50 = v128.load(from);
      c51 = v128.load(from, 16);
    }
  }
  let s0 = s;
  let s1 = s0 + (rows > 1 ? sRow : 0);
  let s2 = s1 + (rows > 2 ? sRow : 0);
  let s3 = s2 + (rows > 3 ? sRow : 0);
  let s4 = s3 + sRow;
  let s5 = s4 + sRow;
  for (let k = depth; k > 0; k--) {
    const v0 = v128.load(v);
    const v1 = v128.load(v, 16);
    const x0 = v128.load32_splat(s0);
    c00 = multiplyAdd(x0, v0, c00);
    c01 = multiplyAdd(x0, v1, c01);
    s0 += sStep;
    const x1 = v128.load32_splat(s1);
    c10 = multiplyAdd(x1, v0, c10);
    c11 = multiplyAdd(x1, v1, c11);
    s1 += sStep;
    const x2 = v128.load32_splat(s2);
    c20 = multiplyAdd(x2, v0, c20);
    c21 = multiplyAdd(x2, v1, c21);
    s2 += sStep;
    const x3 = v128.load32_splat(s3);
    c30 = multiplyAdd(x3, v0, c30);
    c31 = multiplyAdd(x3, v1, c31);
    s3 += sStep;
    if (ROWS > 4) {
      const x4 = v128.load32_splat(s4);
      c40 = multiplyAdd(x4, v0, c40);
      c41 = multiplyAdd(x4, v1, c41);
      s4 += sStep;
    }
    if (ROWS > 5) {
      const x5 = v128.load32_splat(s5);
      c50 = multiplyAdd(x5, v0, c50);
      c51 = multiplyAdd(x5, v1, c51);
      s5 += sStep;
    }
    v += vStep;
  }
  let to = c;
  v128.store(to, c00);
  v128.store(to, c01, 16);
  to += cRow;
  v128.store(to, c10);
  v128.store(to, c11, 16);
  to += cRow;
  v128.store(to, c20);
  v128.store(to, c21, 16);
  to += cRow;
  v128.store(to, c30);
  v128.store(to, c31, 16);
  if (ROWS > 4) {
    to += cRow;
    v128.store(to, c40);
    v128.store(to, c41, 16);
  }
  if (ROWS > 5) {
    to += cRow;
    v128.store(to, c50);
    v128.store(to, c51, 16);
  }
}
