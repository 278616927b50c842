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

/** A maximum passes over NaN, as `cpu`'s does: pmax(a, b) is a < b ? b : a. */
// @ts-ignore: decorator
@inline
function combine(op: i32, sofar: v128, value: v128): v128 {
  return op == MAX ? f32x4.pmax(sofar, value) : f32x4.add(sofar, value);
}

/** One vector of the output: the window of `rows` × `columns` pixels from `at` on. */
// @ts-ignore: decorator
@inline
function poolLanes(op: i32, lanes: i32, at: usize, rows: i32, columns: i32, pixel: usize, line: usize, to: usize): void {
  let result = op == MAX ? f32x4.splat(-Infinity) : f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    let from = at;
    for (let column = 0; column < columns; column++) {
      result = combine(op, result, loadLanes(lanes, from));
      from += pixel;
    }
    at += line;
  }
  if (op == AVERAGE) result = f32x4.div(result, f32x4.splat(<f32>(rows * columns)));
  storeLanes(lanes, to, result);
}

/** A vector of the output whose window is 2 × 2 pixels. */
// @ts-ignore: decorator
@inline
function poolSquare(op: i32, at: usize, pixel: usize, line: usize, to: usize): void {
  let result = op == MAX ? f32x4.splat(-Infinity) : f32x4.splat(0);
  result = combine(op, result, v128.load(at));
  result = combine(op, result, v128.load(at + pixel));
  result = combine(op, result, v128.load(at + line));
  result = combine(op, result, v128.load(at + line + pixel));
  v128.store(to, op == AVERAGE ? f32x4.mul(result, f32x4.splat(0.25)) : result);
}

/** A row of the output whose windows are 2 × 2 pixels inside the image, of 4 channels or more: the last vector of a pixel ends with it. */
// @ts-ignore: decorator
@inline
function poolRow(op: i32, at: usize, pixel: usize, line: usize, step: usize, columns: i32, to: usize): void {
  const last = pixel - 16;
  for (let column = 0; column < columns; column++) {
    for (let channel: usize = 0; channel < last; channel += 16) poolSquare(op, at + channel, pixel, line, to + channel);
    poolSquare(op, at + last, pixel, line, to + last);
    at += step;
    to += pixel;
  }
}

// @ts-ignore: decorator
@inline
function pool(op: i32, job: usize, chunk: i32): void {
  const inHeight = intAt(job, IN_HEIGHT);
  const inWidth = intAt(job, IN_WIDTH);
  const outHeight = intAt(job, OUT_HEIGHT);
  const outWidth = intAt(job, OUT_WIDTH);
  const channels = intAt(job, CHANNELS);
  const strideWidth = intAt(job, STRIDE_WIDTH);
  const windowWidth = intAt(job, WINDOW_WIDTH);
  const padLeft = intAt(job, PAD_LEFT);
  const pixel = <usize>channels << 2;
  const line = <usize>inWidth * pixel;
  const isPlain = isPlainWindow(job);
  const end = endRow(job, chunk);
  let row = firstRow(job, chunk);
  let to = pointerAt(job, 1) + <usize>(row * outWidth) * pixel;
  for (; row < end; row++) {
    const top = (row % outHeight) * intAt(job, STRIDE_HEIGHT) - intAt(job, PAD_TOP);
    const firstLine = max(top, 0);
    const rows = min(top + intAt(job, WINDOW_HEIGHT), inHeight) - firstLine;
    const image = pointerAt(job, 0) + <usize>((row / outHeight) * inHeight + firstLine) * line;
    if (isPlain) {
      poolRow(op, image, pixel, line, <usize>strideWidth * pixel, outWidth, to);
      to += <usize>outWidth * pixel;
      continue;
    }
    for (let column = 0; column < outWidth; column++) {
      const left = column * strideWidth - padLeft;
      const firstColumn = max(left, 0);
      const columns = min(left + windowWidth, inWidth) - firstColumn;
      let at = image + <usize>firstColumn * pixel;
      let rest = channels;
      for (; rest >= 4; rest -= 4) {
        poolLanes(op, 4, at, rows, columns, pixel, line, to);
        at += 16;
        to += 16;
      }
      if (rest & 2) {
        poolLanes(op, 2, at, rows, columns, pixel, line, to);
        at += 8;
        to += 8;
      }
      if (rest & 1) {
        poolLanes(op, 1, at, rows, columns, pixel, line, to);
        to += 4;
      }
    }
  }
}

/** The largest number of each window that is no NaN; −Infinity where there is none. Arguments: x, y, unused, then as window.ts has them. */
export function maxPoolF32(job: usize, chunk: i32, thread: i32): void {
  pool(MAX, job, chunk);
}

/** The mean of each window over the pixels inside the image. Arguments: x, y, unused, then as window.ts has them. */
export function averagePoolF32(job: usize, chunk: i32, thread: i32): void {
  pool(AVERAGE, job, chunk);
}
