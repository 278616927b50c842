import { intAt, pointerAt } from '../job';
import { loadLanes, storeLanes } from './lanes';
import {
  CHANNELS,
  endRow,
  firstRow,
  IN_HEIGHT,
  IN_WIDTH,
  isPlainWindow,
  OUT_HEIGHT,
  OUT_WIDTH,
  PAD_LEFT,
  PAD_TOP,
  STRIDE_HEIGHT,
  STRIDE_WIDTH,
  WINDOW_HEIGHT,
  WINDOW_WIDTH,
} from './window';

// @ts-ignore: decorator
@inline
const MAX: i32 = 0;
// @ts-ignore: decorator
@inline
const AVERAGE: i32 = 1;
/** 1 where windows do not overlap: each pixel is written by one window, and a chunk may be part of an image. */
// @ts-ignore: decorator
@inline
const DISJOINT: i32 = 16;
/** 1 where windows leave no pixel out. */
// @ts-ignore: decorator
@inline
const COVERING: i32 = 17;

/** Adds `share` to what windows before this one gave a pixel; 0 + share where there are none, as adding to zeros would give. */
// @ts-ignore: decorator
@inline
function give(lanes: i32, disjoint: i32, to: usize, share: v128): void {
  storeLanes(lanes, to, f32x4.add(disjoint ? f32x4.splat(0) : loadLanes(lanes, to), share));
}

/** Number of the first of the largest pixels of a window in each lane; −1 where none is above −Infinity. */
// @ts-ignore: decorator
@inline
function placeOfMaximum(lanes: i32, at: usize, rows: i32, columns: i32, pixel: usize, line: usize): v128 {
  let best = f32x4.splat(-Infinity);
  let place = i32x4.splat(-1);
  let number = i32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    let from = at;
    for (let column = 0; column < columns; column++) {
      const value = loadLanes(lanes, from);
      place = v128.bitselect(number, place, f32x4.gt(value, best));
      best = f32x4.pmax(best, value);
      number = i32x4.add(number, i32x4.splat(1));
      from += pixel;
    }
    at += line;
  }
  return place;
}

/** The gradient of one vector of the output, `dy`, given to its window of dx at `to`, whose x is at `at`. */
// @ts-ignore: decorator
@inline
function spreadLanes(
  op: i32,
  lanes: i32,
  disjoint: i32,
  dy: v128,
  at: usize,
  to: usize,
  rows: i32,
  columns: i32,
  pixel: usize,
  line: usize,
): void {
  const place = op == MAX ? placeOfMaximum(lanes, at, rows, columns, pixel, line) : i32x4.splat(0);
  let number = i32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    let pixelTo = to;
    for (let column = 0; column < columns; column++) {
      give(lanes, disjoint, pixelTo, op == MAX ? v128.and(dy, i32x4.eq(place, number)) : dy);
      if (op == MAX) number = i32x4.add(number, i32x4.splat(1));
      pixelTo += pixel;
    }
    to += line;
  }
}

/** The gradient of one vector of the output, `dy`, given to its window of 2 × 2 pixels, which has no part in others. */
// @ts-ignore: decorator
@inline
function spreadMaximum(dy: v128, at: usize, to: usize, pixel: usize, line: usize): void {
  const low = f32x4.splat(-Infinity);
  const a = v128.load(at);
  const b = v128.load(at + pixel);
  const c = v128.load(at + line);
  const d = v128.load(at + line + pixel);
  const best = f32x4.pmax(low, a);
  const aboveA = f32x4.gt(b, best);
  const ab = f32x4.pmax(best, b);
  const aboveAb = f32x4.gt(c, ab);
  // A pixel is the place if it is above all before it, and none after it is above it.
  const isD = f32x4.gt(d, f32x4.pmax(ab, c));
  const isAfterB = v128.or(aboveAb, isD);
  const isA = v128.andnot(f32x4.gt(a, low), v128.or(aboveA, isAfterB));
  give(4, 1, to, v128.and(dy, isA));
  give(4, 1, to + pixel, v128.and(dy, v128.andnot(aboveA, isAfterB)));
  give(4, 1, to + line, v128.and(dy, v128.andnot(aboveAb, isD)));
  give(4, 1, to + line + pixel, v128.and(dy, isD));
}

/** A row of the output whose windows are disjoint, 2 × 2 pixels inside the image, of 4 channels or more: the last vector of a pixel ends with it. */
function spreadMaxima(dy: usize, at: usize, to: usize, pixel: usize, line: usize, step: usize, columns: i32): void {
  const last = pixel - 16;
  for (let column = 0; column < columns; column++) {
    for (let channel: usize = 0; channel < last; channel += 16) spreadMaximum(v128.load(dy + channel), at + channel, to + channel, pixel, line);
    spreadMaximum(v128.load(dy + last), at + last, to + last, pixel, line);
    dy += pixel;
    at += step;
    to += step;
  }
}

// @ts-ignore: decorator
@inline
function spread(op: i32, disjoint: i32, job: usize, chunk: i32): void {
  const inHeight = intAt(job, IN_HEIGHT);
  const inWidth = intAt(job, IN_WIDTH);
  const outHeight = intAt(job, OUT_HEIGHT);
  const outWidth = intAt(job, OUT_WIDTH);
  const channels = intAt(job, CHANNELS);
  const strideHeight = intAt(job, STRIDE_HEIGHT);
  const strideWidth = intAt(job, STRIDE_WIDTH);
  const windowHeight = intAt(job, WINDOW_HEIGHT);
  const windowWidth = intAt(job, WINDOW_WIDTH);
  const padTop = intAt(job, PAD_TOP);
  const padLeft = intAt(job, PAD_LEFT);
  const pixel = <usize>channels << 2;
  const line = <usize>inWidth * pixel;
  // A mean's gradient is divided by the whole window at the borders, too, as `cpu`'s of tfjs is.
  const share = f32x4.splat(1 / <f32>(windowHeight * windowWidth));
  // From an address of dx to that of the same pixel of x.
  const toX = op == MAX ? pointerAt(job, 1) - pointerAt(job, 2) : 0;
  const isPlain = op == MAX && disjoint && isPlainWindow(job);
  const end = endRow(job, chunk);
  let row = firstRow(job, chunk);
  let dy = pointerAt(job, 0) + <usize>(row * outWidth) * pixel;
  for (; row < end; row++) {
    const outRow = row % outHeight;
    const image = pointerAt(job, 2) + <usize>((row / outHeight) * inHeight) * line;
    const top = outRow * strideHeight - padTop;
    if (!intAt(job, COVERING) && (disjoint || outRow == 0)) {
      const from = outRow == 0 ? 0 : min(max(top, 0), inHeight);
      const until = disjoint && outRow < outHeight - 1 ? min(max(top + strideHeight, 0), inHeight) : inHeight;
      memory.fill(image + <usize>from * line, 0, <usize>(until - from) * line);
    }
    const firstLine = max(top, 0);
    const rows = min(top + windowHeight, inHeight) - firstLine;
    if (isPlain) {
      const to = image + <usize>firstLine * line;
      spreadMaxima(dy, to + toX, to, pixel, line, <usize>strideWidth * pixel, outWidth);
      dy += <usize>outWidth * pixel;
      continue;
    }
    for (let column = 0; column < outWidth; column++) {
      const left = column * strideWidth - padLeft;
      const firstColumn = max(left, 0);
      const columns = min(left + windowWidth, inWidth) - firstColumn;
      let to = image + <usize>firstLine * line + <usize>firstColumn * pixel;
      let rest = channels;
      for (; rest >= 4; rest -= 4) {
        const value = v128.load(dy);
        spreadLanes(op, 4, disjoint, op == MAX ? value : f32x4.mul(value, share), to + toX, to, rows, columns, pixel, line);
        dy += 16;
        to += 16;
      }
      if (rest & 2) {
        const value = v128.load64_zero(dy);
        spreadLanes(op, 2, disjoint, op == MAX ? value : f32x4.mul(value, share), to + toX, to, rows, columns, pixel, line);
        dy += 8;
        to += 8;
      }
      if (rest & 1) {
        const value = v128.load32_zero(dy);
        spreadLanes(op, 1, disjoint, op == MAX ? value : f32x4.mul(value, share), to + toX, to, rows, columns, pixel, line);
        dy += 4;
      }
    }
  }
}

/**
 * Gradient of maxPoolF32: each output's goes to the first of the largest pixels of its window. A chunk is whole images where windows
 * overlap. Arguments: dy, x, dx, as window.ts has them, and whether windows are disjoint and cover x.
 */
export function maxPoolGradientF32(job: usize, chunk: i32, thread: i32): void {
  if (intAt(job, DISJOINT)) spread(MAX, 1, job, chunk);
  else spread(MAX, 0, job, chunk);
}

/** Gradient of averagePoolF32, but divided by the whole window at the borders, too. Arguments: dy, unused, dx, and on as for maxPoolGradientF32. */
export function averagePoolGradientF32(job: usize, chunk: i32, thread: i32): void {
  if (intAt(job, DISJOINT)) spread(AVERAGE, 1, job, chunk);
  else spread(AVERAGE, 0, job, chunk);
}
