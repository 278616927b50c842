// Convolution without a matrix of patches. A tile is six pixels of the output by a panel of 8 (or the last 4) of its channels; for each tap,
// x is read where it lies, and the filter from panels that packFilterF32 wrote. Taps that fall on padding are left out, not multiplied
// by zero: pixels are taken by regions within which the same taps are inside the image.
import { floatAt, intAt, pointerAt } from '../job';
import { multiplyAdd } from '../vector';
import { endTap, firstTap } from './taps';

// Arguments of convolveF32. The output is a grid of rows × columns pixels in each image, which may be every other pixel of y.
// @ts-ignore: decorator
@inline
const X: i32 = 0;
// @ts-ignore: decorator
@inline
const FILTER: i32 = 1;
/** A number for every channel of all panels. */
// @ts-ignore: decorator
@inline
const BIAS: i32 = 2;
// @ts-ignore: decorator
@inline
const Y: i32 = 3;
/** Room for the addresses of a block of pixels, for each thread. */
// @ts-ignore: decorator
@inline
const ADDRESSES: i32 = 4;
// @ts-ignore: decorator
@inline
const BATCH: i32 = 5;
// @ts-ignore: decorator
@inline
const IN_HEIGHT: i32 = 6;
// @ts-ignore: decorator
@inline
const IN_WIDTH: i32 = 7;
// @ts-ignore: decorator
@inline
const IN_CHANNELS: i32 = 8;
// @ts-ignore: decorator
@inline
const OUT_CHANNELS: i32 = 9;
// @ts-ignore: decorator
@inline
const ROWS: i32 = 10;
// @ts-ignore: decorator
@inline
const COLUMNS: i32 = 11;
// @ts-ignore: decorator
@inline
const TAP_ROWS: i32 = 12;
// @ts-ignore: decorator
@inline
const TAP_COLUMNS: i32 = 13;
// @ts-ignore: decorator
@inline
const STRIDE_HEIGHT: i32 = 14;
// @ts-ignore: decorator
@inline
const STRIDE_WIDTH: i32 = 15;
// @ts-ignore: decorator
@inline
const DILATION_HEIGHT: i32 = 16;
// @ts-ignore: decorator
@inline
const DILATION_WIDTH: i32 = 17;
// @ts-ignore: decorator
@inline
const PAD_TOP: i32 = 18;
// @ts-ignore: decorator
@inline
const PAD_LEFT: i32 = 19;
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
/** A chunk is so many panels of so many rows of so many images; rows are a part of the image only where images are one. */
// @ts-ignore: decorator
@inline
const CHUNK_IMAGES: i32 = 23;
// @ts-ignore: decorator
@inline
const CHUNK_ROWS: i32 = 24;
// @ts-ignore: decorator
@inline
const CHUNK_PANELS: i32 = 25;
/** Results below and above are cut off. */
// @ts-ignore: decorator
@inline
const LEAST: i32 = 26;
// @ts-ignore: decorator
@inline
const MOST: i32 = 27;

/** Pixels of a tile. Six by two vectors, two of the filter and one of x take the 15 vector registers that V8 has on x86-64. */
// @ts-ignore: decorator
@inline
const TILE: i32 = 6;
/** Pixels of a block: its part of x stays in the cache while the panels pass. src/convolution/convolve.ts makes room for its addresses. */
const BLOCK: i32 = 96;

/** The end of the range of outputs, from one on whose taps are all inside, that have that in common. */
// @ts-ignore: decorator
@inline
function endOfInside(end: i32, stride: i32, pad: i32, dilation: i32, size: i32, taps: i32): i32 {
  return min(end, (size + pad - (taps - 1) * dilation - 1) / stride + 1);
}

/** Convolves a chunk. Arguments: see above. */
export function convolveF32(job: usize, chunk: i32, thread: i32): void {
  const rows = intAt(job, ROWS);
  const columns = intAt(job, COLUMNS);
  const tapRows = intAt(job, TAP_ROWS);
  const tapColumns = intAt(job, TAP_COLUMNS);
  const strideHeight = intAt(job, STRIDE_HEIGHT);
  const strideWidth = intAt(job, STRIDE_WIDTH);
  const dilationHeight = intAt(job, DILATION_HEIGHT);
  const dilationWidth = intAt(job, DILATION_WIDTH);
  const inHeight = intAt(job, IN_HEIGHT);
  const inWidth = intAt(job, IN_WIDTH);
  const padTop = intAt(job, PAD_TOP);
  const padLeft = intAt(job, PAD_LEFT);
  const chunkRows = intAt(job, CHUNK_ROWS);
  const chunkImages = intAt(job, CHUNK_IMAGES);
  const addresses = pointerAt(job, ADDRESSES) + <usize>(thread * BLOCK) * 8;

  const bands = (rows + chunkRows - 1) / chunkRows;
  const parts = bands * ((intAt(job, BATCH) + chunkImages - 1) / chunkImages);
  const panel = (chunk / parts) * intAt(job, CHUNK_PANELS);
  const part = chunk % parts;
  const image = (part / bands) * chunkImages;
  const endImage = min(image + chunkImages, intAt(job, BATCH));
  const firstRow = (part % bands) * chunkRows;
  const endRow = min(firstRow + chunkRows, rows);

  for (let row = firstRow, nextRow = 0; row < endRow; row = nextRow) {
    const top = row * strideHeight - padTop;
    const tapTop = firstTap(top, dilationHeight);
    const tapBottom = endTap(top, dilationHeight, inHeight, tapRows);
    nextRow = row + 1;
    if (tapTop == 0 && tapBottom == tapRows) nextRow = max(nextRow, endOfInside(endRow, strideHeight, padTop, dilationHeight, inHeight, tapRows));
    for (let column = 0, nextColumn = 0; column < columns; column = nextColumn) {
      const left = column * strideWidth - padLeft;
      const tapLeft = firstTap(left, dilationWidth);
      const tapRight = endTap(left, dilationWidth, inWidth, tapColumns);
      nextColumn = column + 1;
      if (tapLeft == 0 && tapRight == tapColumns)
        nextColumn = max(nextColumn, endOfInside(columns, strideWidth, padLeft, dilationWidth, inWidth, tapColumns));
      convolveRegion(
        job,
        addresses,
        panel,
        image,
        endImage,
        row,
        nextRow,
        column,
        nextColumn,
        tapTop,
        max(0, tapBottom - tapTop),
        tapLeft,
        max(0, tapRight - tapLeft),
      );
    }
  }
}

/** The pixels of a region, all of which see the same taps, in blocks. */
function convolveRegion(
  job: usize,
  addresses: usize,
  panel: i32,
  image: i32,
  endImage: i32,
  firstRow: i32,
  endRow: i32,
  firstColumn: i32,
  endColumn: i32,
  tapTop: i32,
  tapRows: i32,
  tapLeft: i32,
  tapColumns: i32,
): void {
  const channels = intAt(job, IN_CHANNELS);
  const xPixel = <usize>channels << 2;
  const xLine = <usize>intAt(job, IN_WIDTH) * xPixel;
  const xImage = <usize>intAt(job, IN_HEIGHT) * xLine;
  const xRow = <usize>intAt(job, STRIDE_HEIGHT) * xLine;
  const xColumn = <usize>intAt(job, STRIDE_WIDTH) * xPixel;
  const tapLine = <usize>intAt(job, DILATION_HEIGHT) * xLine;
  const tapPixel = <usize>intAt(job, DILATION_WIDTH) * xPixel;
  const yImage = pointerAt(job, Y_IMAGE);
  const yRow = pointerAt(job, Y_ROW);
  const yColumn = pointerAt(job, Y_COLUMN);
  const outChannels = intAt(job, OUT_CHANNELS);
  const endPanel = min(panel + intAt(job, CHUNK_PANELS), (outChannels + 7) >> 3);
  const allTapColumns = intAt(job, TAP_COLUMNS);
  const depth = intAt(job, TAP_ROWS) * allTapColumns * channels;
  const filter = pointerAt(job, FILTER);
  const bias = pointerAt(job, BIAS);
  const firstWeight = (tapTop * allTapColumns + tapLeft) * channels;
  const tapStep = allTapColumns * channels;
  // Where taps are neighbours, the channels of a row of them are one run.
  const adjacent = intAt(job, DILATION_WIDTH) == 1;
  const runs = adjacent ? 1 : tapColumns;
  const run = adjacent ? tapColumns * channels : channels;

  const width = endColumn - firstColumn;
  let left = (endImage - image) * (endRow - firstRow) * width;
  const xFirst =
    pointerAt(job, X) +
    <usize>(firstRow * intAt(job, STRIDE_HEIGHT) - intAt(job, PAD_TOP)) * xLine +
    <usize>(firstColumn * intAt(job, STRIDE_WIDTH) - intAt(job, PAD_LEFT)) * xPixel +
    <usize>tapTop * tapLine +
    <usize>tapLeft * tapPixel;
  const yFirst = pointerAt(job, Y) + <usize>firstRow * yRow + <usize>firstColumn * yColumn;
  let row = firstRow;
  let column = firstColumn;
  let x = xFirst + <usize>image * xImage;
  let y = yFirst + <usize>image * yImage;
  while (left > 0) {
    const count = min(left, BLOCK);
    left -= count;
    let entry = addresses;
    for (let i = 0; i < count; i++) {
      store<usize>(entry, x);
      store<usize>(entry + 4, y);
      entry += 8;
      x += xColumn;
      y += yColumn;
      if (++column < endColumn) continue;
      column = firstColumn;
      x += xRow - <usize>width * xColumn;
      y += yRow - <usize>width * yColumn;
      if (++row < endRow) continue;
      row = firstRow;
      image++;
      x = xFirst + <usize>image * xImage;
      y = yFirst + <usize>image * yImage;
    }
    // The last tile does its last pixel again.
    const tiles = (count + TILE - 1) / TILE;
    for (let i = count; i < tiles * TILE; i++) {
      store<i64>(entry, load<i64>(entry - 8));
      entry += 8;
    }
    for (let p = panel; p < endPanel; p++) {
      const rest = outChannels - (p << 3);
      const weights = filter + ((<usize>p * <usize>depth) << 5);
      const start = bias + (<usize>p << 5);
      const to = <usize>p << 5;
      entry = addresses;
      if (rest > 4) {
        const first = weights + (<usize>firstWeight << 5);
        for (let tile = 0; tile < tiles; tile++) {
          tile6x8(entry, first, <usize>tapStep << 5, tapRows, runs, run, tapLine, tapPixel, start, to, rest, job);
          entry += TILE * 8;
        }
      } else {
        const first = weights + (<usize>firstWeight << 4);
        for (let tile = 0; tile < tiles; tile++) {
          tile6x4(entry, first, <usize>tapStep << 4, tapRows, runs, run, tapLine, tapPixel, start, to, rest, job);
          entry += TILE * 8;
        }
      }
    }
  }
}

/** Stores the first `lanes`, 1 to 4 (or more, which are 4), of `value`, cut off at both ends. NaN stays. */
// @ts-ignore: decorator
@inline
function finish(to: usize, value: v128, lanes: i32, least: v128, most: v128): void {
  const cut = f32x4.pmin(f32x4.pmax(value, least), most);
  if (lanes >= 4) v128.store(to, cut);
  else {
    if (lanes & 2) v128.store64_lane(to, cut, 0);
    if (lanes == 3) v128.store32_lane(to + 8, cut, 2);
    if (lanes == 1) v128.store32_lane(to, cut, 0);
  }
}

/** Six pixels by eight channels. `entry` holds the addresses of each pixel's first tap in x, and of the pixel in y. */
// @ts-ignore: decorator
@inline
function tile6x8(
  entry: usize,
  filter: usize,
  filterRow: usize,
  tapRows: i32,
  runs: i32,
  run: i32,
  tapLine: usize,
  tapPixel: usize,
  bias: usize,
  to: usize,
  lanes: i32,
  job: usize,
): void {
  let a0 = v128.load(bias);
  let a1 = v128.load(bias, 16);
  let b0 = a0;
  let b1 = a1;
  let c0 = a0;
  let c1 = a1;
  let d0 = a0;
  let d1 = a1;
  let e0 = a0;
  let e1 = a1;
  let f0 = a0;
  let f1 = a1;
  let line: usize = 0;
  for (let tapRow = 0; tapRow < tapRows; tapRow++) {
    let weights = filter;
    let offset = line;
    for (let r = 0; r < runs; r++) {
      let xa = load<usize>(entry) + offset;
      let xb = load<usize>(entry, 8) + offset;
      let xc = load<usize>(entry, 16) + offset;
      let xd = load<usize>(entry, 24) + offset;
      let xe = load<usize>(entry, 32) + offset;
      let xf = load<usize>(entry, 40) + offset;
      for (let k = run; k > 0; k--) {
        const w0 = v128.load(weights);
        const w1 = v128.load(weights, 16);
        let x = v128.load32_splat(xa);
        a0 = multiplyAdd(x, w0, a0);
        a1 = multiplyAdd(x, w1, a1);
        x = v128.load32_splat(xb);
        b0 = multiplyAdd(x, w0, b0);
        b1 = multiplyAdd(x, w1, b1);
        x = v128.load32_splat(xc);
        c0 = multiplyAdd(x, w0, c0);
        c1 = multiplyAdd(x, w1, c1);
        x = v128.load32_splat(xd);
        d0 = multiplyAdd(x, w0, d0);
        d1 = multiplyAdd(x, w1, d1);
        x = v128.load32_splat(xe);
        e0 = multiplyAdd(x, w0, e0);
        e1 = multiplyAdd(x, w1, e1);
        x = v128.load32_splat(xf);
        f0 = multiplyAdd(x, w0, f0);
        f1 = multiplyAdd(x, w1, f1);
        weights += 32;
        xa += 4;
        xb += 4;
        xc += 4;
        xd += 4;
        xe += 4;
        xf += 4;
      }
      offset += tapPixel;
    }
    line += tapLine;
    filter += filterRow;
  }
  // Only now: two registers more would not fit beside the sums.
  const least = f32x4.splat(floatAt(job, LEAST));
  const most = f32x4.splat(floatAt(job, MOST));
  const rest = lanes - 4;
  let y = load<usize>(entry, 4) + to;
  finish(y, a0, 4, least, most);
  finish(y + 16, a1, rest, least, most);
  y = load<usize>(entry, 12) + to;
  finish(y, b0, 4, least, most);
  finish(y + 16, b1, rest, least, most);
  y = load<usize>(entry, 20) + to;
  finish(y, c0, 4, least, most);
  finish(y + 16, c1, rest, least, most);
  y = load<usize>(entry, 28) + to;
  finish(y, d0, 4, least, most);
  finish(y + 16, d1, rest, least, most);
  y = load<usize>(entry, 36) + to;
  finish(y, e0, 4, least, most);
  finish(y + 16, e1, rest, least, most);
  y = load<usize>(entry, 44) + to;
  finish(y, f0, 4, least, most);
  finish(y + 16, f1, rest, least, most);
}

/** Six pixels by the last four channels, or fewer; see {@link tile6x8}. */
// @ts-ignore: decorator
@inline
function tile6x4(
  entry: usize,
  filter: usize,
  filterRow: usize,
  tapRows: i32,
  runs: i32,
  run: i32,
  tapLine: usize,
  tapPixel: usize,
  bias: usize,
  to: usize,
  lanes: i32,
  job: usize,
): void {
  let a = v128.load(bias);
  let b = a;
  let c = a;
  let d = a;
  let e = a;
  let f = a;
  let line: usize = 0;
  for (let tapRow = 0; tapRow < tapRows; tapRow++) {
    let weights = filter;
    let offset = line;
    for (let r = 0; r < runs; r++) {
      let xa = load<usize>(entry) + offset;
      let xb = load<usize>(entry, 8) + offset;
      let xc = load<usize>(entry, 16) + offset;
      let xd = load<usize>(entry, 24) + offset;
      let xe = load<usize>(entry, 32) + offset;
      let xf = load<usize>(entry, 40) + offset;
      for (let k = run; k > 0; k--) {
        const w = v128.load(weights);
        a = multiplyAdd(v128.load32_splat(xa), w, a);
        b = multiplyAdd(v128.load32_splat(xb), w, b);
        c = multiplyAdd(v128.load32_splat(xc), w, c);
        d = multiplyAdd(v128.load32_splat(xd), w, d);
        e = multiplyAdd(v128.load32_splat(xe), w, e);
        f = multiplyAdd(v128.load32_splat(xf), w, f);
        weights += 16;
        xa += 4;
        xb += 4;
        xc += 4;
        xd += 4;
        xe += 4;
        xf += 4;
      }
      offset += tapPixel;
    }
    line += tapLine;
    filter += filterRow;
  }
  const least = f32x4.splat(floatAt(job, LEAST));
  const most = f32x4.splat(floatAt(job, MOST));
  finish(load<usize>(entry, 4) + to, a, lanes, least, most);
  finish(load<usize>(entry, 12) + to, b, lanes, least, most);
  finish(load<usize>(entry, 20) + to, c, lanes, least, most);
  finish(load<usize>(entry, 28) + to, d, lanes, least, most);
  finish(load<usize>(entry, 36) + to, e, lanes, least, most);
  finish(load<usize>(entry, 44) + to, f, lanes, least, most);
}
