import { intAt, pointerAt } from '../job';
import { loadLanes, storeLanes } from './lanes';
import {
  CHANNELS,
  endRow,
  firstRow,
  IN_HEIGHT,
  IN_WIDTH,
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
  if (rows == 2 && columns == 2) {
    result = combine(op, result, loadLanes(lanes, at));
    result = combine(op, result, loadLanes(lanes, at + pixel));
    result = combine(op, result, loadLanes(lanes, at + line));
    result = combine(op, result, loadLanes(lanes, at + line + pixel));
  } else {
    for (let row = 0; row < rows; row++) {
      let from = at;
      for (let column = 0; column < columns; column++) {
        result = combine(op, result, loadLanes(lanes, from));
        from += pixel;
      }
      at += line;
    }
  }
  if (op == AVERAGE) result = f32x4.div(result, f32x4.splat(<f32>(rows * columns)));
  storeLanes(lanes, to, result);
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
  const end = endRow(job, chunk);
  let row = firstRow(job, chunk);
  let to = pointerAt(job, 1) + <usize>(row * outWidth) * pixel;
  for (; row < end; row++) {
    const top = (row % outHeight) * intAt(job, STRIDE_HEIGHT) - intAt(job, PAD_TOP);
    const firstLine = max(top, 0);
    const rows = min(top + intAt(job, WINDOW_HEIGHT), inHeight) - firstLine;
    const image = pointerAt(job, 0) + <usize>((row / outHeight) * inHeight + firstLine) * line;
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
