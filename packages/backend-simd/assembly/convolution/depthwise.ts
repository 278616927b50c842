// Depthwise convolution: every channel has a filter of its own, and lanes are channels.
import { floatAt, intAt, pointerAt } from '../job';
import { multiplyAdd } from '../vector';
import { loadLanes, storeLanes } from './lanes';
import { endTap, firstTap } from './taps';

// Arguments of depthwiseF32. The output is a grid of rows × columns pixels in each image, which may be every other pixel of y.
// @ts-ignore: decorator
@inline
const X: i32 = 0;
/** The weight of the first tap, first channel. */
// @ts-ignore: decorator
@inline
const FILTER: i32 = 1;
/** Address of the bias, or 0. */
// @ts-ignore: decorator
@inline
const BIAS: i32 = 2;
// @ts-ignore: decorator
@inline
const Y: i32 = 3;
// @ts-ignore: decorator
@inline
const BATCH: i32 = 4;
// @ts-ignore: decorator
@inline
const IN_HEIGHT: i32 = 5;
// @ts-ignore: decorator
@inline
const IN_WIDTH: i32 = 6;
// @ts-ignore: decorator
@inline
const CHANNELS: i32 = 7;
// @ts-ignore: decorator
@inline
const ROWS: i32 = 8;
// @ts-ignore: decorator
@inline
const COLUMNS: i32 = 9;
// @ts-ignore: decorator
@inline
const TAP_ROWS: i32 = 10;
// @ts-ignore: decorator
@inline
const TAP_COLUMNS: i32 = 11;
// @ts-ignore: decorator
@inline
const STRIDE_HEIGHT: i32 = 12;
// @ts-ignore: decorator
@inline
const STRIDE_WIDTH: i32 = 13;
// @ts-ignore: decorator
@inline
const DILATION_HEIGHT: i32 = 14;
// @ts-ignore: decorator
@inline
const DILATION_WIDTH: i32 = 15;
// @ts-ignore: decorator
@inline
const PAD_TOP: i32 = 16;
// @ts-ignore: decorator
@inline
const PAD_LEFT: i32 = 17;
/** Bytes from a row and a column of the filter to the next; negative where it is turned around. */
// @ts-ignore: decorator
@inline
const FILTER_ROW: i32 = 18;
// @ts-ignore: decorator
@inline
const FILTER_COLUMN: i32 = 19;
/** Bytes from an image, a row, a column of the grid to the next. */
// @ts-ignore: decorator
@inline
const Y_IMAGE: i32 = 20;
// @ts-ignore: decorator
@inline
const Y_ROW: i32 = 21;
// @ts-ignore: decorator
@inline
const Y_COLUMN: i32 = 22;
/** Rows of a chunk, counted through all images. */
// @ts-ignore: decorator
@inline
const CHUNK_ROWS: i32 = 23;
/** Results below and above are cut off. */
// @ts-ignore: decorator
@inline
const LEAST: i32 = 24;
// @ts-ignore: decorator
@inline
const MOST: i32 = 25;

/** One pixel of y, `lanes` channels: its taps are `rows` × `columns` pixels from `x` on. */
// @ts-ignore: decorator
@inline
function convolveLanes(
  lanes: i32,
  job: usize,
  x: usize,
  filter: usize,
  rows: i32,
  columns: i32,
  line: usize,
  pixel: usize,
  bias: usize,
  to: usize,
): void {
  const filterRow = <usize>intAt(job, FILTER_ROW);
  const filterColumn = <usize>intAt(job, FILTER_COLUMN);
  let sum = bias != 0 ? loadLanes(lanes, bias) : f32x4.splat(0);
  for (let row = 0; row < rows; row++) {
    let from = x;
    let weight = filter;
    for (let column = 0; column < columns; column++) {
      sum = multiplyAdd(loadLanes(lanes, from), loadLanes(lanes, weight), sum);
      from += pixel;
      weight += filterColumn;
    }
    x += line;
    filter += filterRow;
  }
  storeLanes(lanes, to, f32x4.pmin(f32x4.pmax(sum, f32x4.splat(floatAt(job, LEAST))), f32x4.splat(floatAt(job, MOST))));
}

/** Arguments: see above. */
export function depthwiseF32(job: usize, chunk: i32, thread: i32): void {
  const inHeight = intAt(job, IN_HEIGHT);
  const inWidth = intAt(job, IN_WIDTH);
  const channels = intAt(job, CHANNELS);
  const rows = intAt(job, ROWS);
  const columns = intAt(job, COLUMNS);
  const tapRows = intAt(job, TAP_ROWS);
  const tapColumns = intAt(job, TAP_COLUMNS);
  const strideWidth = intAt(job, STRIDE_WIDTH);
  const dilationHeight = intAt(job, DILATION_HEIGHT);
  const dilationWidth = intAt(job, DILATION_WIDTH);
  const padLeft = intAt(job, PAD_LEFT);
  const xPixel = <usize>channels << 2;
  const xLine = <usize>inWidth * xPixel;
  const tapPixel = <usize>dilationWidth * xPixel;
  const tapLine = <usize>dilationHeight * xLine;
  const end = min((chunk + 1) * intAt(job, CHUNK_ROWS), intAt(job, BATCH) * rows);
  for (let flat = chunk * intAt(job, CHUNK_ROWS); flat < end; flat++) {
    const image = flat / rows;
    const row = flat - image * rows;
    const top = row * intAt(job, STRIDE_HEIGHT) - intAt(job, PAD_TOP);
    const tapTop = firstTap(top, dilationHeight);
    const height = endTap(top, dilationHeight, inHeight, tapRows) - tapTop;
    const line = pointerAt(job, X) + <usize>(image * inHeight + top + tapTop * dilationHeight) * xLine;
    const filterLine = pointerAt(job, FILTER) + <usize>(tapTop * intAt(job, FILTER_ROW));
    let y = pointerAt(job, Y) + <usize>image * pointerAt(job, Y_IMAGE) + <usize>row * pointerAt(job, Y_ROW);
    for (let column = 0; column < columns; column++) {
      const left = column * strideWidth - padLeft;
      const tapLeft = firstTap(left, dilationWidth);
      const width = endTap(left, dilationWidth, inWidth, tapColumns) - tapLeft;
      let x = line + <usize>(left + tapLeft * dilationWidth) * xPixel;
      let filter = filterLine + <usize>(tapLeft * intAt(job, FILTER_COLUMN));
      let bias = pointerAt(job, BIAS);
      let to = y;
      let rest = channels;
      for (; rest >= 4; rest -= 4) {
        convolveLanes(4, job, x, filter, height, width, tapLine, tapPixel, bias, to);
        x += 16;
        filter += 16;
        to += 16;
        if (bias != 0) bias += 16;
      }
      for (; rest > 0; rest--) {
        convolveLanes(1, job, x, filter, height, width, tapLine, tapPixel, bias, to);
        x += 4;
        filter += 4;
        to += 4;
        if (bias != 0) bias += 4;
      }
      y += pointerAt(job, Y_COLUMN);
    }
  }
}
