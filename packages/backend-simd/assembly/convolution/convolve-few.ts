// Convolution of which each sum has few products: an image with few channels. The tables of tiles (few-tile.ts) hold the filter itself.
import { floatAt, intAt, pointerAt } from '../job';
import {
  BIAS,
  DILATION_HEIGHT,
  DILATION_WIDTH,
  FILTER,
  IN_CHANNELS,
  IN_HEIGHT,
  IN_WIDTH,
  LEAST,
  OUT_CHANNELS,
  PAD_LEFT,
  PAD_TOP,
  STRIDE_HEIGHT,
  STRIDE_WIDTH,
  TAP_COLUMNS,
  X,
  Y,
  Y_COLUMN,
  Y_IMAGE,
  Y_ROW,
} from './convolve-arguments';
import { describeTile, ENTRY, fewRows, LAST, OFFSET, panelVectors, runFewTile, SHAPE } from './few-tile';

/** Bytes of a thread's room before the table: what describes tiles, and the bias of a panel. src/convolution/convolve-few.ts has the same. */
// @ts-ignore: decorator
@inline
export const FEW_TABLE: usize = SHAPE + 48;

/**
 * Writes what the tiles of a panel begin with, and the table of its filters: for each tap that is seen, and each channel. The last vector
 * of a panel begins `last` bytes after its first.
 */
function describeFilter(
  job: usize,
  room: usize,
  panel: usize,
  vectors: i32,
  last: usize,
  tapTop: i32,
  tapRows: i32,
  tapLeft: i32,
  tapColumns: i32,
): void {
  const bias = pointerAt(job, BIAS);
  const start = room + SHAPE;
  v128.store(start, bias != 0 ? v128.load(bias + panel) : f32x4.splat(0));
  v128.store(start, bias != 0 && vectors == 3 ? v128.load(bias + panel, 16) : f32x4.splat(0), 16);
  v128.store(start, bias != 0 ? v128.load(bias + panel + last) : f32x4.splat(0), LAST);

  const channels = intAt(job, IN_CHANNELS);
  const input = <usize>intAt(job, OUT_CHANNELS) << 2;
  const pixel = <usize>channels << 2;
  const line = <usize>intAt(job, IN_WIDTH) * pixel * <usize>intAt(job, DILATION_HEIGHT);
  let entry = room + FEW_TABLE;
  for (let row = 0; row < tapRows; row++) {
    const firstInput = ((tapTop + row) * intAt(job, TAP_COLUMNS) + tapLeft) * channels;
    let weights = pointerAt(job, FILTER) + <usize>firstInput * input + panel;
    for (let column = 0; column < tapColumns; column++) {
      let offset = <usize>row * line + <usize>(column * intAt(job, DILATION_WIDTH)) * pixel;
      for (let channel = 0; channel < channels; channel++) {
        v128.store(entry, v128.load(weights));
        if (vectors == 3) v128.store(entry, v128.load(weights, 16), 16);
        v128.store(entry, v128.load(weights + last), LAST);
        store<usize>(entry, offset, OFFSET);
        offset += 4;
        weights += input;
        entry += ENTRY;
      }
    }
  }
}

/** The pixels of a region, all of which see the same taps, in tiles along its rows, or along its columns where these are longer. */
export function convolveFewRegion(
  job: usize,
  room: usize,
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
  const yImage = pointerAt(job, Y_IMAGE);
  const yRow = pointerAt(job, Y_ROW);
  const yColumn = pointerAt(job, Y_COLUMN);
  const x =
    pointerAt(job, X) +
    <usize>(firstRow * intAt(job, STRIDE_HEIGHT) - intAt(job, PAD_TOP) + tapTop * intAt(job, DILATION_HEIGHT)) * xLine +
    <usize>(firstColumn * intAt(job, STRIDE_WIDTH) - intAt(job, PAD_LEFT) + tapLeft * intAt(job, DILATION_WIDTH)) * xPixel;
  const y = pointerAt(job, Y) + <usize>firstRow * yRow + <usize>firstColumn * yColumn;

  const height = endRow - firstRow;
  const width = endColumn - firstColumn;
  const isUpright = width < 6 && height > width;
  const length = isUpright ? height : width;
  const lines = isUpright ? width : height;
  const xStep = isUpright ? xRow : xColumn;
  const yStep = isUpright ? yRow : yColumn;
  const xNext = isUpright ? xColumn : xRow;
  const yNext = isUpright ? yColumn : yRow;

  const count = tapRows * tapColumns * channels;
  const outBytes = <usize>intAt(job, OUT_CHANNELS) << 2;
  let left = (intAt(job, OUT_CHANNELS) + 3) >> 2;
  for (let panel: usize = 0; left > 0; ) {
    const vectors = panelVectors(left);
    const rows = fewRows(vectors);
    left -= vectors;
    // The last vector ends with the channels, so that it overlaps the one before it.
    const last = left > 0 ? 16 : outBytes - 16 - panel;
    describeFilter(job, room, panel, vectors, last, tapTop, tapRows, tapLeft, tapColumns);
    // Less than a tile is taken pixel by pixel, each as often as a tile has rows.
    const fits = length >= rows;
    describeTile(room, fits ? xStep : 0, 0, fits ? yStep : 0, last, floatAt(job, LEAST));
    const tiles = fits ? (length + rows - 1) / rows : length;
    for (let i = image; i < endImage; i++) {
      let xFirst = x + <usize>i * xImage;
      let yFirst = y + <usize>i * yImage + panel;
      for (let line = 0; line < lines; line++) {
        for (let t = 0; t < tiles; t++) {
          // The last tile does some pixels again.
          const at = <usize>(fits ? min(t * rows, length - rows) : t);
          runFewTile(vectors, xFirst + at * xStep, room + FEW_TABLE, count, room + SHAPE, yFirst + at * yStep, room);
        }
        xFirst += xNext;
        yFirst += yNext;
      }
    }
    panel += <usize>vectors << 4;
  }
}
