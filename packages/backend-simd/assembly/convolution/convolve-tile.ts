// The tile of a convolution: TILE pixels by a panel of 8 or 4 channels. Where the taps of a pixel lie comes from a table, so that its loop is a single one,
// stands in a function without another, and has no branch; and its sums go to memory, one after the other. All that is for V8: it
// unrolls a loop the more the deeper it is nested, and moves products behind whatever branches or loops are around; either way it
// loads all of x first, and has no registers left for the sums (24 instead of 49 GFLOP/s on Zen 4).
import { floatAt } from '../job';
import { multiplyAdd } from '../vector';
import { LEAST, MOST } from './convolve-arguments';

/**
 * Pixels of a tile. Six by two vectors, two of the filter and one of x take the 15 vector registers that V8 has on x86-64; without
 * multiply-add a product takes one, too.
 */
// @ts-ignore: decorator
@inline
export const TILE: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;
/** Bytes of a tile's sums. */
// @ts-ignore: decorator
@inline
export const TILE_SUMS: usize = TILE * 32;

/**
 * Adds `depth` products. `entry`: the address in x of each pixel, 8 bytes apart. `taps`: for each product, how far it is from there,
 * and from `weights` to its weights in a panel of 8, in bytes. Sums begin at `start`, `step` bytes apart, and go to `sums`.
 */
// @ts-ignore: decorator
@inline
function tile(ROWS: i32, WIDE: i32, entry: usize, taps: usize, weights: usize, depth: i32, start: usize, step: usize, sums: usize): void {
  let a0 = v128.load(start);
  let a1 = WIDE > 4 ? v128.load(start, 16) : a0;
  start += step;
  let b0 = v128.load(start);
  let b1 = WIDE > 4 ? v128.load(start, 16) : b0;
  start += step;
  let c0 = v128.load(start);
  let c1 = WIDE > 4 ? v128.load(start, 16) : c0;
  start += step;
  let d0 = v128.load(start);
  let d1 = WIDE > 4 ? v128.load(start, 16) : d0;
  start += step;
  let e0 = ROWS > 4 ? v128.load(start) : a0;
  let e1 = ROWS > 4 && WIDE > 4 ? v128.load(start, 16) : a0;
  start += step;
  let f0 = ROWS > 4 ? v128.load(start) : a0;
  let f1 = ROWS > 4 && WIDE > 4 ? v128.load(start, 16) : a0;
  const xa = load<usize>(entry);
  const xb = load<usize>(entry, 8);
  const xc = load<usize>(entry, 16);
  const xd = load<usize>(entry, 24);
  const xe = ROWS > 4 ? load<usize>(entry, 32) : 0;
  const xf = ROWS > 4 ? load<usize>(entry, 40) : 0;
  for (let k = depth; k > 0; k--) {
    const tap = load<usize>(taps);
    const weight = weights + load<usize>(taps, 4);
    const w0 = v128.load(weight);
    const w1 = WIDE > 4 ? v128.load(weight, 16) : w0;
    let x = v128.load32_splat(xa + tap);
    a0 = multiplyAdd(x, w0, a0);
    if (WIDE > 4) a1 = multiplyAdd(x, w1, a1);
    x = v128.load32_splat(xb + tap);
    b0 = multiplyAdd(x, w0, b0);
    if (WIDE > 4) b1 = multiplyAdd(x, w1, b1);
    x = v128.load32_splat(xc + tap);
    c0 = multiplyAdd(x, w0, c0);
    if (WIDE > 4) c1 = multiplyAdd(x, w1, c1);
    x = v128.load32_splat(xd + tap);
    d0 = multiplyAdd(x, w0, d0);
    if (WIDE > 4) d1 = multiplyAdd(x, w1, d1);
    if (ROWS > 4) {
      x = v128.load32_splat(xe + tap);
      e0 = multiplyAdd(x, w0, e0);
      if (WIDE > 4) e1 = multiplyAdd(x, w1, e1);
      x = v128.load32_splat(xf + tap);
      f0 = multiplyAdd(x, w0, f0);
      if (WIDE > 4) f1 = multiplyAdd(x, w1, f1);
    }
    taps += 8;
  }
  v128.store(sums, a0);
  if (WIDE > 4) v128.store(sums, a1, 16);
  v128.store(sums, b0, 32);
  if (WIDE > 4) v128.store(sums, b1, 48);
  v128.store(sums, c0, 64);
  if (WIDE > 4) v128.store(sums, c1, 80);
  v128.store(sums, d0, 96);
  if (WIDE > 4) v128.store(sums, d1, 112);
  if (ROWS > 4) {
    v128.store(sums, e0, 128);
    if (WIDE > 4) v128.store(sums, e1, 144);
    v128.store(sums, f0, 160);
    if (WIDE > 4) v128.store(sums, f1, 176);
  }
}

/** Six by 8. The module exports these, so that they are not made part of their callers. */
export function tile6x8(entry: usize, taps: usize, weights: usize, depth: i32, start: usize, step: usize, sums: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) tile(6, 8, entry, taps, weights, depth, start, step, sums);
}

export function tile6x4(entry: usize, taps: usize, weights: usize, depth: i32, start: usize, step: usize, sums: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) tile(6, 4, entry, taps, weights, depth, start, step, sums);
}

export function tile4x8(entry: usize, taps: usize, weights: usize, depth: i32, start: usize, step: usize, sums: usize): void {
  tile(4, 8, entry, taps, weights, depth, start, step, sums);
}

export function tile4x4(entry: usize, taps: usize, weights: usize, depth: i32, start: usize, step: usize, sums: usize): void {
  tile(4, 4, entry, taps, weights, depth, start, step, sums);
}

/** The tile of 6 or 4 rows, where `tall` says which, by 8 or 4 columns. */
// @ts-ignore: decorator
@inline
export function runTile(
  tall: bool,
  wide: bool,
  entry: usize,
  taps: usize,
  weights: usize,
  depth: i32,
  start: usize,
  step: usize,
  sums: usize,
): void {
  if (ASC_FEATURE_RELAXED_SIMD && tall) {
    if (wide) tile6x8(entry, taps, weights, depth, start, step, sums);
    else tile6x4(entry, taps, weights, depth, start, step, sums);
  } else {
    if (wide) tile4x8(entry, taps, weights, depth, start, step, sums);
    else tile4x4(entry, taps, weights, depth, start, step, sums);
  }
}

/**
 * Writes the sums of `pixels` to y, cut off at both ends; NaN stays. `entry` + 4: the address of each pixel, 8 bytes apart; `to`: where
 * the panel's channels begin there, of which there are `lanes` or 8.
 */
export function finishPanel(job: usize, entry: usize, sums: usize, pixels: i32, to: usize, lanes: i32): void {
  const least = f32x4.splat(floatAt(job, LEAST));
  const most = f32x4.splat(floatAt(job, MOST));
  for (let i = 0; i < pixels; i++) {
    let y = load<usize>(entry, 4) + to;
    let sum = f32x4.pmin(f32x4.pmax(v128.load(sums), least), most);
    let rest = lanes;
    if (rest > 4) {
      v128.store(y, sum);
      sum = f32x4.pmin(f32x4.pmax(v128.load(sums, 16), least), most);
      y += 16;
      rest -= 4;
    }
    if (rest >= 4) v128.store(y, sum);
    else {
      if (rest & 2) v128.store64_lane(y, sum, 0);
      if (rest == 3) v128.store32_lane(y + 8, sum, 2);
      if (rest == 1) v128.store32_lane(y, sum, 0);
    }
    entry += 8;
    sums += 32;
  }
}
