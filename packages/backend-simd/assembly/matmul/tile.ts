import { multiplyAdd } from '../vector';
import { gatherLanes, loadLanes, storeLanes } from './lanes';

// The tile of a product, C = S·V: ROWS rows of S, whose values are broadcast one at a time, by COLUMNS columns of V, which are
// vectors. Where S and V lie is given by strides, so that a matrix, a transposed matrix and a packed panel are one case:
//   S[i][k] at s + i·sRow + k·sStep,  V[k][j] at v + k·vStep + 4·j,  C[i][j] at c + i·cRow + 4·j   (all strides in bytes).
// `rows` ≤ ROWS and `columns` (COLUMNS − 3 to COLUMNS) are those that exist: no other value of S or C is touched. Of V the whole
// vectors are read, beyond `columns` too.
//
// The sums begin at zero where `initial` is 0, else at initial[i][j] (`initial + i·initialRow + 4·j`): at C itself to accumulate, at
// a bias with initialRow 0. Each is taken in the order of k, whatever the tile, so that results do not depend on how C is cut.
//
// ROWS is 6 or 4 and COLUMNS 8 or 4, constants at each call. 6 × 8 takes 12 registers for sums, 2 for V, 1 for S: all that V8 leaves
// of 16. There multiply-add reaches 91 % of its peak on Zen 4, 4 × 8 79 % (too few sums to hide its latency); unrolling k, or a
// wider tile, makes V8 spill (37 to 78 %). Without multiply-add a product needs one more register, and 4 × 8 is best.

/** Rows of the tallest tile. */
// @ts-ignore: decorator
@inline
export const TALL: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;

/** How many rows the next tile takes where `left` are left: so that few are padded, and none is thin. */
// @ts-ignore: decorator
@inline
export function tileRows(left: i32): i32 {
  return TALL == 4 || left <= 4 || left == 7 || left == 8 ? 4 : 6;
}

// @ts-ignore: decorator
@inline
export function tile(
  ROWS: i32,
  COLUMNS: i32,
  TRANSPOSED: bool,
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
  rows: i32,
  columns: i32,
): void {
  const lanes = columns - (COLUMNS - 4);
  const firstLanes = COLUMNS > 4 ? 4 : lanes;
  const zero = f32x4.splat(0);
  let c00 = zero;
  let c01 = zero;
  let c10 = zero;
  let c11 = zero;
  let c20 = zero;
  let c21 = zero;
  let c30 = zero;
  let c31 = zero;
  let c40 = zero;
  let c41 = zero;
  let c50 = zero;
  let c51 = zero;
  if (initial != 0) {
    let from = initial;
    const next: usize = TRANSPOSED ? 4 : initialRow;
    const half: usize = TRANSPOSED ? initialRow << 2 : 16;
    c00 = loadSums(TRANSPOSED, from, initialRow, firstLanes);
    if (COLUMNS > 4) c01 = loadSums(TRANSPOSED, from + half, initialRow, lanes);
    from += rows > 1 ? next : 0;
    c10 = loadSums(TRANSPOSED, from, initialRow, firstLanes);
    if (COLUMNS > 4) c11 = loadSums(TRANSPOSED, from + half, initialRow, lanes);
    from += rows > 2 ? next : 0;
    c20 = loadSums(TRANSPOSED, from, initialRow, firstLanes);
    if (COLUMNS > 4) c21 = loadSums(TRANSPOSED, from + half, initialRow, lanes);
    from += rows > 3 ? next : 0;
    c30 = loadSums(TRANSPOSED, from, initialRow, firstLanes);
    if (COLUMNS > 4) c31 = loadSums(TRANSPOSED, from + half, initialRow, lanes);
    if (ROWS > 4) {
      from += rows > 4 ? next : 0;
      c40 = loadSums(TRANSPOSED, from, initialRow, firstLanes);
      if (COLUMNS > 4) c41 = loadSums(TRANSPOSED, from + half, initialRow, lanes);
      from += rows > 5 ? next : 0;
      c50 = loadSums(TRANSPOSED, from, initialRow, firstLanes);
      if (COLUMNS > 4) c51 = loadSums(TRANSPOSED, from + half, initialRow, lanes);
    }
  }
  let s0 = s;
  let s1 = s0 + (rows > 1 ? sRow : 0);
  let s2 = s1 + (rows > 2 ? sRow : 0);
  let s3 = s2 + (rows > 3 ? sRow : 0);
  let s4 = s3 + (rows > 4 ? sRow : 0);
  let s5 = s4 + (rows > 5 ? sRow : 0);
  for (let k = depth; k > 0; k--) {
    const v0 = v128.load(v);
    const v1 = COLUMNS > 4 ? v128.load(v, 16) : v0;
    let x = v128.load32_splat(s0);
    c00 = multiplyAdd(x, v0, c00);
    if (COLUMNS > 4) c01 = multiplyAdd(x, v1, c01);
    x = v128.load32_splat(s1);
    c10 = multiplyAdd(x, v0, c10);
    if (COLUMNS > 4) c11 = multiplyAdd(x, v1, c11);
    x = v128.load32_splat(s2);
    c20 = multiplyAdd(x, v0, c20);
    if (COLUMNS > 4) c21 = multiplyAdd(x, v1, c21);
    x = v128.load32_splat(s3);
    c30 = multiplyAdd(x, v0, c30);
    if (COLUMNS > 4) c31 = multiplyAdd(x, v1, c31);
    if (ROWS > 4) {
      x = v128.load32_splat(s4);
      c40 = multiplyAdd(x, v0, c40);
      if (COLUMNS > 4) c41 = multiplyAdd(x, v1, c41);
      x = v128.load32_splat(s5);
      c50 = multiplyAdd(x, v0, c50);
      if (COLUMNS > 4) c51 = multiplyAdd(x, v1, c51);
      s4 += sStep;
      s5 += sStep;
    }
    s0 += sStep;
    s1 += sStep;
    s2 += sStep;
    s3 += sStep;
    v += vStep;
  }
  if (TRANSPOSED) {
    storeColumns(ROWS, c, cRow, rows, firstLanes, c00, c10, c20, c30, c40, c50);
    if (COLUMNS > 4) storeColumns(ROWS, c + (cRow << 2), cRow, rows, lanes, c01, c11, c21, c31, c41, c51);
  } else {
    let to = c;
    storeRow(COLUMNS, to, c00, c01, lanes);
    if (rows > 1) storeRow(COLUMNS, (to += cRow), c10, c11, lanes);
    if (rows > 2) storeRow(COLUMNS, (to += cRow), c20, c21, lanes);
    if (rows > 3) storeRow(COLUMNS, (to += cRow), c30, c31, lanes);
    if (ROWS > 4) {
      if (rows > 4) storeRow(COLUMNS, (to += cRow), c40, c41, lanes);
      if (rows > 5) storeRow(COLUMNS, (to += cRow), c50, c51, lanes);
    }
  }
}

/** What four sums of a row begin at: neighbours in memory, or where C is transposed `stride` apart. */
// @ts-ignore: decorator
@inline
function loadSums(TRANSPOSED: bool, from: usize, stride: usize, lanes: i32): v128 {
  return TRANSPOSED ? gatherLanes(from, stride, lanes) : loadLanes(from, lanes);
}

// @ts-ignore: decorator
@inline
function storeRow(COLUMNS: i32, to: usize, first: v128, second: v128, lanes: i32): void {
  if (COLUMNS > 4) {
    v128.store(to, first);
    storeLanes(to + 16, second, lanes);
  } else {
    storeLanes(to, first, lanes);
  }
}

/** Writes four columns (the first `lanes` of them) of up to six rows, each column to its own row of memory. */
// @ts-ignore: decorator
@inline
function storeColumns(ROWS: i32, c: usize, cRow: usize, rows: i32, lanes: i32, r0: v128, r1: v128, r2: v128, r3: v128, r4: v128, r5: v128): void {
  const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5);
  const high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
  const low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
  const high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
  const low45 = ROWS > 4 ? i32x4.shuffle(r4, r5, 0, 4, 1, 5) : r4;
  const high45 = ROWS > 4 ? i32x4.shuffle(r4, r5, 2, 6, 3, 7) : r4;
  let to = c;
  storeColumn(ROWS, to, i64x2.shuffle(low01, low23, 0, 2), low45, 0, rows);
  if (lanes > 1) storeColumn(ROWS, (to += cRow), i64x2.shuffle(low01, low23, 1, 3), low45, 1, rows);
  if (lanes > 2) storeColumn(ROWS, (to += cRow), i64x2.shuffle(high01, high23, 0, 2), high45, 0, rows);
  if (lanes > 3) storeColumn(ROWS, (to += cRow), i64x2.shuffle(high01, high23, 1, 3), high45, 1, rows);
}

/** Writes the first `rows` of four values and two more, which are half HALF of `pairs`. */
// @ts-ignore: decorator
@inline
function storeColumn(ROWS: i32, to: usize, four: v128, pairs: v128, HALF: i32, rows: i32): void {
  if (rows < 4) {
    storeLanes(to, four, rows);
    return;
  }
  v128.store(to, four);
  if (ROWS > 4) {
    if (rows == 6) {
      if (HALF == 0) v128.store64_lane(to, pairs, 0, 16);
      else v128.store64_lane(to, pairs, 1, 16);
    } else if (rows == 5) {
      if (HALF == 0) v128.store32_lane(to, pairs, 0, 16);
      else v128.store32_lane(to, pairs, 2, 16);
    }
  }
}
