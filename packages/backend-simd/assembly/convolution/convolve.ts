// Convolution without a matrix of patches. A tile is six pixels of the output by a panel of 8 (or the last 4) of its channels; for each tap,
// x is read where it lies, and the filter from panels that packFilterF32 wrote. Taps that fall on padding are left out, not multiplied
// by zero: pixels are taken by regions within which the same taps are inside the image.
import { intAt, pointerAt } from '../job';
import {
  BATCH,
  BIAS,
  CHUNK_IMAGES,
  CHUNK_PANELS,
  CHUNK_ROWS,
  COLUMNS,
  DILATION_HEIGHT,
  DILATION_WIDTH,
  FILTER,
  IN_CHANNELS,
  IN_HEIGHT,
  IN_WIDTH,
  OUT_CHANNELS,
  PAD_LEFT,
  PAD_TOP,
  ROOM,
  ROWS,
  STRIDE_HEIGHT,
  STRIDE_WIDTH,
  TAP_COLUMNS,
  TAP_ROWS,
  X,
  Y,
  Y_COLUMN,
  Y_IMAGE,
  Y_ROW,
} from './convolve-arguments';
import { convolveFewRegion, FEW_TABLE } from './convolve-few';
import { finishPanel, runTile, TILE, TILE_SUMS } from './convolve-tile';
import { ENTRY } from './few-tile';
import { endTap, firstTap } from './taps';

/** Products that a tile adds up at a time: a panel's weights for them stay in the first cache while the tiles of a block pass. */
const DEPTH: i32 = 256;
/** Pixels of a block: its part of x stays in the cache while the panels pass. src/convolution/convolve.ts makes room for its addresses. */
const BLOCK: usize = 96;

/** The end of the range of outputs, from one on whose taps are all inside, that have that in common. */
// @ts-ignore: decorator
@inline
function endOfInside(end: i32, stride: i32, pad: i32, dilation: i32, size: i32, taps: i32): i32 {
  return min(end, (size + pad - (taps - 1) * dilation - 1) / stride + 1);
}

/** Convolves a chunk. Arguments: convolve-arguments.ts. */
export function convolveF32(job: usize, chunk: i32, thread: i32): void {
  eachRegion(false, job, chunk, thread);
}

/**
 * Convolves a chunk where a sum has few products, and there are 5 channels of the output or more. `FILTER` and `BIAS` are as tensors
 * hold them, `BIAS` 0 for none; chunks have all panels, and results are cut off below alone.
 */
export function convolveFewF32(job: usize, chunk: i32, thread: i32): void {
  eachRegion(true, job, chunk, thread);
}

function eachRegion(few: bool, job: usize, chunk: i32, thread: i32): void {
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
  const inputs = <usize>(tapRows * tapColumns * intAt(job, IN_CHANNELS));
  const room = pointerAt(job, ROOM) + <usize>thread * (few ? FEW_TABLE + inputs * ENTRY : BLOCK * 40 + (inputs << 3));

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
      const tapsDown = max(0, tapBottom - tapTop);
      const tapsAcross = max(0, tapRight - tapLeft);
      if (few)
        convolveFewRegion(job, room, image, endImage, row, nextRow, column, nextColumn, tapTop, tapsDown, tapLeft, tapsAcross);
      else
        convolveRegion(job, room, panel, image, endImage, row, nextRow, column, nextColumn, tapTop, tapsDown, tapLeft, tapsAcross);
    }
  }
}

/** The pixels of a region, all of which see the same taps, in blocks. */
function convolveRegion(
  job: usize,
  room: usize,
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
  const sums = room + BLOCK * 8;
  const taps = sums + BLOCK * 32;
  const seen = tapRows * tapColumns * channels;
  let next = taps;
  for (let row = 0; row < tapRows; row++) {
    let weight = <usize>(((tapTop + row) * allTapColumns + tapLeft) * channels) << 5;
    for (let column = 0; column < tapColumns; column++) {
      let tap = <usize>row * tapLine + <usize>column * tapPixel;
      for (let channel = 0; channel < channels; channel++) {
        store<usize>(next, tap);
        store<usize>(next, weight, 4);
        next += 8;
        tap += 4;
        weight += 32;
      }
    }
  }

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
    const count = min(left, <i32>BLOCK);
    left -= count;
    let entry = room;
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
      const lanes = outChannels - (p << 3);
      const weights = filter + ((<usize>p * <usize>depth) << 5);
      for (let k = 0; k < seen || k == 0; k += DEPTH) {
        const deep = min(DEPTH, seen - k);
        const first = taps + (<usize>k << 3);
        let tileSums = sums;
        entry = room;
        for (let tile = 0; tile < tiles; tile++) {
          const start = k == 0 ? bias + (<usize>p << 5) : tileSums;
          const step: usize = k == 0 ? 0 : 32;
          runTile(TILE > 4, lanes > 4, entry, first, weights, deep, start, step, tileSums);
          entry += TILE * 8;
          tileSums += TILE_SUMS;
        }
      }
      finishPanel(job, room, sums, count, <usize>p << 5, lanes);
    }
  }
}
