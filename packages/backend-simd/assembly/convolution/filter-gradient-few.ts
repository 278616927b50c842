// Gradients of a convolution by its filter and its bias in one pass over dy and y, where x has few channels, and the output 5 or more:
//   g = dy · f′(y),  dFilter[tap, channel] = Σ x[pixel under the tap] · g[pixel],  dBias = Σ g.
// A block of rows of the output at a time: its part of x is copied into a frame of zeros, so that a tile's inputs are neighbours whatever
// the tap, and g is written to the table that tiles (few-tile.ts) go over. Sums pass from block to block through memory.
// Where padding meets what is not finite, they come out as NaN, which mendFilterGradientF32 mends.
import { intAt, pointerAt } from '../job';
import { describeTile, ENTRY, fewRows, LAST, OFFSET, panelVectors, runFewTile, SHAPE } from './few-tile';

// Arguments of filterGradientFewF32.
// @ts-ignore: decorator
@inline
const X: i32 = 0;
// @ts-ignore: decorator
@inline
const DY: i32 = 1;
// @ts-ignore: decorator
@inline
const Y: i32 = 2;
/** Sums of each chunk, and in them of each panel: lines of 48 bytes, first that of the bias, then those of each row of taps. */
// @ts-ignore: decorator
@inline
const SUMS: i32 = 3;
/** Room for each thread: what describes a tile, the table, the frame. */
// @ts-ignore: decorator
@inline
const ROOM: i32 = 4;
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
const PAD_TOP: i32 = 16;
// @ts-ignore: decorator
@inline
const PAD_LEFT: i32 = 17;
// @ts-ignore: decorator
@inline
const ACTIVATION: i32 = 18;
/** Rows of the output in a chunk, counted through all images. */
// @ts-ignore: decorator
@inline
const CHUNK_ROWS: i32 = 19;
/** Rows of the output in a block, which ends with its image. */
// @ts-ignore: decorator
@inline
const BLOCK_ROWS: i32 = 20;
// @ts-ignore: decorator
@inline
const ROOM_BYTES: i32 = 21;

/** The activation that is known here, as src/convolution/mend-filter-gradient.ts numbers it; any other number is linear. */
// @ts-ignore: decorator
@inline
export const RELU: i32 = 1;

/** Bytes of a line of sums. */
// @ts-ignore: decorator
@inline
const LINE: usize = 48;
/** Lines behind those of a row of taps, for the rows of its last tile that are none of its inputs. */
const SPARE: i32 = 5;

/** Bytes of a panel's sums. */
// @ts-ignore: decorator
@inline
function panelBytes(tapRows: i32, rowInputs: i32): usize {
  return <usize>(1 + tapRows * (rowInputs + SPARE)) * LINE;
}

/** dy · f′(y). */
// @ts-ignore: decorator
@inline
function gradient(activation: i32, dy: usize, y: usize): v128 {
  const slope = v128.load(dy);
  if (activation != RELU) return slope;
  const value = v128.load(y);
  const passed = v128.and(slope, f32x4.gt(value, f32x4.splat(0)));
  return v128.bitselect(passed, value, f32x4.eq(value, value));
}

/** Writes the gradients of `count` pixels, `pixel` bytes apart, to the table, and adds their sum to the line `total`. */
// @ts-ignore: decorator
@inline
function writeGradients(activation: i32, vectors: i32, dy: usize, y: usize, pixel: usize, last: usize, count: i32, table: usize, total: usize): void {
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let sum2 = f32x4.splat(0);
  for (let i = count; i > 0; i--) {
    const g0 = gradient(activation, dy, y);
    v128.store(table, g0);
    sum0 = f32x4.add(sum0, g0);
    if (vectors == 3) {
      const g1 = gradient(activation, dy + 16, y + 16);
      v128.store(table, g1, 16);
      sum1 = f32x4.add(sum1, g1);
    }
    const g2 = gradient(activation, dy + last, y + last);
    v128.store(table, g2, LAST);
    sum2 = f32x4.add(sum2, g2);
    dy += pixel;
    y += pixel;
    table += ENTRY;
  }
  v128.store(total, f32x4.add(v128.load(total), sum0));
  v128.store(total, f32x4.add(v128.load(total, 16), sum1), 16);
  v128.store(total, f32x4.add(v128.load(total, LAST), sum2), LAST);
}

function writeAnyGradients(activation: i32, vectors: i32, dy: usize, y: usize, pixel: usize, last: usize, count: i32, table: usize, total: usize): void {
  if (activation == RELU) {
    if (vectors == 3) writeGradients(RELU, 3, dy, y, pixel, last, count, table, total);
    else writeGradients(RELU, 2, dy, y, pixel, last, count, table, total);
  } else {
    if (vectors == 3) writeGradients(0, 3, dy, y, pixel, last, count, table, total);
    else writeGradients(0, 2, dy, y, pixel, last, count, table, total);
  }
}

/** Copies the rows of an image that a block of `rows` rows from `row` on sees, zeros where there are none. Zeros beside them are there. */
function copyIntoFrame(job: usize, image: i32, row: i32, rows: i32, frame: usize, frameWidth: i32): void {
  const inHeight = intAt(job, IN_HEIGHT);
  const inWidth = intAt(job, IN_WIDTH);
  const channels = intAt(job, IN_CHANNELS);
  const left = intAt(job, PAD_LEFT);
  const bytes = <usize>max(0, min(inWidth, frameWidth - left) * channels) << 2;
  const line = <usize>(inWidth * channels) << 2;
  const frameLine = <usize>(frameWidth * channels) << 2;
  const first = row * intAt(job, STRIDE_HEIGHT) - intAt(job, PAD_TOP);
  const end = first + (rows - 1) * intAt(job, STRIDE_HEIGHT) + intAt(job, TAP_ROWS);
  let to = frame + (<usize>(left * channels) << 2);
  for (let from = first; from < end; from++) {
    const isInside = from >= 0 && from < inHeight;
    const source = pointerAt(job, X) + <usize>(image * inHeight + from) * line;
    let at: usize = 0;
    for (; at + 16 <= bytes; at += 16) v128.store(to + at, isInside ? v128.load(source + at) : f32x4.splat(0));
    for (; at < bytes; at += 4) store<f32>(to + at, isInside ? load<f32>(source + at) : 0);
    to += frameLine;
  }
}

/** The sums of a chunk. Arguments: see above. */
export function filterGradientFewF32(job: usize, chunk: i32, thread: i32): void {
  const rows = intAt(job, ROWS);
  const columns = intAt(job, COLUMNS);
  const tapRows = intAt(job, TAP_ROWS);
  const channels = intAt(job, IN_CHANNELS);
  const outChannels = intAt(job, OUT_CHANNELS);
  const rowInputs = intAt(job, TAP_COLUMNS) * channels;
  const blockRows = intAt(job, BLOCK_ROWS);
  const pixel = <usize>outChannels << 2;
  const allVectors = (outChannels + 3) >> 2;
  const bytes = panelBytes(tapRows, rowInputs);
  const chunkSums = pointerAt(job, SUMS) + <usize>(chunk * (allVectors >> 1)) * bytes;
  const room = pointerAt(job, ROOM) + <usize>thread * pointerAt(job, ROOM_BYTES);
  const table = room + SHAPE;
  const frame = table + <usize>(blockRows * columns) * ENTRY;
  const frameWidth = (columns - 1) * intAt(job, STRIDE_WIDTH) + intAt(job, TAP_COLUMNS);
  const frameLine = <usize>(frameWidth * channels) << 2;
  memory.fill(chunkSums, 0, <usize>(allVectors >> 1) * bytes);
  memory.fill(frame, 0, <usize>((blockRows - 1) * intAt(job, STRIDE_HEIGHT) + tapRows) * frameLine);
  describeTile(room, 4, LINE, LINE, LAST, -Infinity);
  let entry = table;
  for (let row = 0; row < blockRows; row++) {
    for (let column = 0; column < columns; column++) {
      const place = column * intAt(job, STRIDE_WIDTH) * channels;
      store<usize>(entry, <usize>(row * intAt(job, STRIDE_HEIGHT)) * frameLine + (<usize>place << 2), OFFSET);
      entry += ENTRY;
    }
  }

  const first = chunk * intAt(job, CHUNK_ROWS);
  const end = min(first + intAt(job, CHUNK_ROWS), intAt(job, BATCH) * rows);
  for (let row = first, next = 0; row < end; row = next) {
    const image = row / rows;
    const inImage = row - image * rows;
    next = min(end, min(row + blockRows, (image + 1) * rows));
    const count = (next - row) * columns;
    copyIntoFrame(job, image, inImage, next - row, frame, frameWidth);
    let dy = pointerAt(job, DY) + <usize>(row * columns) * pixel;
    let y = pointerAt(job, Y) + <usize>(row * columns) * pixel;
    let panelSums = chunkSums;
    let panel: usize = 0;
    for (let left = allVectors; left > 0; ) {
      const vectors = panelVectors(left);
      left -= vectors;
      // The last vector ends with the channels, so that it overlaps the one before it.
      const last = left > 0 ? 16 : pixel - 16 - panel;
      writeAnyGradients(intAt(job, ACTIVATION), vectors, dy + panel, y + panel, pixel, last, count, table, panelSums);
      const height = fewRows(vectors);
      for (let tapRow = 0; tapRow < tapRows; tapRow++) {
        const x = frame + <usize>tapRow * frameLine;
        const sums = panelSums + <usize>(1 + tapRow * (rowInputs + SPARE)) * LINE;
        for (let input = 0; input < rowInputs; input += height) {
          const to = sums + <usize>input * LINE;
          runFewTile(vectors, x + (<usize>input << 2), table, count, to, to, room);
        }
      }
      panelSums += bytes;
      panel += <usize>vectors << 4;
    }
  }
}

/**
 * Adds the sums of all chunks, in their order. Line 0 is the bias, the others are the filter's inputs. Arguments: sums, gradient of the filter
 * [inputs, channels], of the bias [channels], rows of taps, inputs in a row, channels, chunks summed, lines in a chunk of this.
 */
export function sumFewGradientsF32(job: usize, chunk: i32, thread: i32): void {
  const tapRows = intAt(job, 3);
  const rowInputs = intAt(job, 4);
  const channels = intAt(job, 5);
  const chunks = intAt(job, 6);
  const allVectors = (channels + 3) >> 2;
  const bytes = panelBytes(tapRows, rowInputs);
  const chunkBytes = <usize>(allVectors >> 1) * bytes;
  const end = min((chunk + 1) * intAt(job, 7), tapRows * rowInputs + 1);
  for (let line = chunk * intAt(job, 7); line < end; line++) {
    const input = line - 1;
    const place = line == 0 ? 0 : 1 + (input / rowInputs) * (rowInputs + SPARE) + (input % rowInputs);
    let from = pointerAt(job, 0) + <usize>place * LINE;
    const to = line == 0 ? pointerAt(job, 2) : pointerAt(job, 1) + (<usize>(input * channels) << 2);
    let panel: usize = 0;
    for (let left = allVectors; left > 0; ) {
      const vectors = panelVectors(left);
      left -= vectors;
      const last = left > 0 ? 16 : (<usize>channels << 2) - 16 - panel;
      for (let vector: usize = 0; vector < LINE; vector += 16) {
        if (vector == 16 && vectors == 2) continue;
        let sum = v128.load(from + vector);
        let next = from + vector + chunkBytes;
        for (let i = 1; i < chunks; i++) {
          sum = f32x4.add(sum, v128.load(next));
          next += chunkBytes;
        }
        v128.store(to + panel + (vector == LAST ? last : vector), sum);
      }
      from += bytes;
      panel += <usize>vectors << 4;
    }
  }
}
