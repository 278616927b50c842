// Gradient of a convolution by its filter: a product of x, under each tap, and dy over all pixels of the output, without a matrix of
// patches. A tile is up to six weights' inputs (a tap and a channel each) by a panel of 8 or 4 channels of the output; its sums pass over a block of rows
// of the output, whose parts of x and dy stay in the cache while all tiles do, and wait in memory for the next block.
import { intAt, pointerAt } from '../job';
import { multiplyAdd } from '../vector';
import { endOutput, firstOutput } from './taps';

// Arguments of filterGradientF32.
// @ts-ignore: decorator
@inline
const X: i32 = 0;
// @ts-ignore: decorator
@inline
const DY: i32 = 1;
/** Sums of each group of images: for each panel and weight's input 8 numbers. */
// @ts-ignore: decorator
@inline
const SUMS: i32 = 2;
/** Room for the tiles of a chunk, for each thread. */
// @ts-ignore: decorator
@inline
const TILES: i32 = 3;
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
const IN_CHANNELS: i32 = 7;
/** At least 4. */
// @ts-ignore: decorator
@inline
const OUT_CHANNELS: i32 = 8;
// @ts-ignore: decorator
@inline
const ROWS: i32 = 9;
// @ts-ignore: decorator
@inline
const COLUMNS: i32 = 10;
// @ts-ignore: decorator
@inline
const TAP_ROWS: i32 = 11;
// @ts-ignore: decorator
@inline
const TAP_COLUMNS: i32 = 12;
// @ts-ignore: decorator
@inline
const STRIDE_HEIGHT: i32 = 13;
// @ts-ignore: decorator
@inline
const STRIDE_WIDTH: i32 = 14;
// @ts-ignore: decorator
@inline
const PAD_TOP: i32 = 15;
// @ts-ignore: decorator
@inline
const PAD_LEFT: i32 = 16;
/** Inputs of which a tile is taken: the channels of one tap, or where no tap falls on padding, all. */
// @ts-ignore: decorator
@inline
const GROUP: i32 = 17;
// @ts-ignore: decorator
@inline
const TILES_OF_GROUP: i32 = 18;
/** A chunk is so many images, panels and tiles. */
// @ts-ignore: decorator
@inline
const CHUNK_IMAGES: i32 = 19;
// @ts-ignore: decorator
@inline
const CHUNK_PANELS: i32 = 20;
// @ts-ignore: decorator
@inline
const CHUNK_TILES: i32 = 21;
/** Rows in a block, counted through images. */
// @ts-ignore: decorator
@inline
const BLOCK_ROWS: i32 = 22;
// @ts-ignore: decorator
@inline
const PANELS: i32 = 23;

// What is known of a tile, 48 bytes: where its six inputs lie from the first tap's first pixel on (those beyond its height are the last
// one's), which rows and columns of the output see them, its first input and how many there are.
// @ts-ignore: decorator
@inline
const FIRST_ROW: usize = 24;
// @ts-ignore: decorator
@inline
const END_ROW: usize = 28;
// @ts-ignore: decorator
@inline
const FIRST_COLUMN: usize = 32;
// @ts-ignore: decorator
@inline
const END_COLUMN: usize = 36;
// @ts-ignore: decorator
@inline
const FIRST_INPUT: usize = 40;
// @ts-ignore: decorator
@inline
const HEIGHT: usize = 44;
// @ts-ignore: decorator
@inline
const TILE_BYTES: usize = 48;

/** Channels [start, start + width) of panel `p`; the last panels overlap, so that none reaches beyond the channels. */
// @ts-ignore: decorator
@inline
function panelWidth(p: i32, channels: i32): i32 {
  return channels >= 8 && (channels & 7) == 0 ? 8 : channels < 8 ? 4 : p < channels >> 3 || (channels & 7) > 4 ? 8 : 4;
}

// @ts-ignore: decorator
@inline
function panelStart(p: i32, channels: i32): i32 {
  return min(channels < 8 ? p << 2 : p << 3, channels - panelWidth(p, channels));
}

/** Inputs of the next tile where `left` are left: 6 or 4, so that few are padded. Six sums spill without multiply-add. */
// @ts-ignore: decorator
@inline
function tileRows(left: i32): i32 {
  return !ASC_FEATURE_RELAXED_SIMD || left <= 4 || left == 7 || left == 8 ? 4 : 6;
}

/** Describes tiles first to end − 1 at `to`. */
function describeTiles(job: usize, first: i32, end: i32, to: usize): void {
  const channels = intAt(job, IN_CHANNELS);
  const tapColumns = intAt(job, TAP_COLUMNS);
  const inputs = intAt(job, TAP_ROWS) * tapColumns * channels;
  const group = intAt(job, GROUP);
  const tilesOfGroup = intAt(job, TILES_OF_GROUP);
  const mixed = group != channels;
  const line = intAt(job, IN_WIDTH) * channels;
  for (let tile = first; tile < end; tile++) {
    const base = (tile / tilesOfGroup) * group;
    let begin = 0;
    let height = tileRows(group);
    for (let i = tile % tilesOfGroup; i > 0; i--) {
      begin += height;
      height = tileRows(group - begin);
    }
    const count = min(height, group - begin);
    for (let i = 0; i < 6; i++) {
      const input = base + begin + min(i, count - 1);
      const tap = input / channels;
      const place = (tap / tapColumns) * line + (tap % tapColumns) * channels + (input - tap * channels);
      store<i32>(to + (<usize>i << 2), place << 2);
    }
    const tap = base / channels;
    const top = tap / tapColumns - intAt(job, PAD_TOP);
    const left = (tap % tapColumns) - intAt(job, PAD_LEFT);
    const rows = intAt(job, ROWS);
    const columns = intAt(job, COLUMNS);
    store<i32>(to, mixed ? 0 : firstOutput(top, intAt(job, STRIDE_HEIGHT)), FIRST_ROW);
    store<i32>(to, mixed ? rows : endOutput(top, intAt(job, STRIDE_HEIGHT), intAt(job, IN_HEIGHT), rows), END_ROW);
    store<i32>(to, mixed ? 0 : firstOutput(left, intAt(job, STRIDE_WIDTH)), FIRST_COLUMN);
    store<i32>(to, mixed ? columns : endOutput(left, intAt(job, STRIDE_WIDTH), intAt(job, IN_WIDTH), columns), END_COLUMN);
    store<i32>(to, base + begin, FIRST_INPUT);
    store<i32>(to, min(count, inputs - base - begin), HEIGHT);
    to += TILE_BYTES;
  }
}

/** The sums of a chunk. Arguments: see above. */
export function filterGradientF32(job: usize, chunk: i32, thread: i32): void {
  const rows = intAt(job, ROWS);
  const channels = intAt(job, IN_CHANNELS);
  const outChannels = intAt(job, OUT_CHANNELS);
  const inputs = intAt(job, TAP_ROWS) * intAt(job, TAP_COLUMNS) * channels;
  const panels = intAt(job, PANELS);
  const tiles = (inputs / intAt(job, GROUP)) * intAt(job, TILES_OF_GROUP);
  const chunkPanels = intAt(job, CHUNK_PANELS);
  const chunkTiles = intAt(job, CHUNK_TILES);
  const chunkImages = intAt(job, CHUNK_IMAGES);
  const across = (panels + chunkPanels - 1) / chunkPanels;
  const down = (tiles + chunkTiles - 1) / chunkTiles;
  const images = chunk / (across * down);
  const firstTile = ((chunk / across) % down) * chunkTiles;
  const endTile = min(firstTile + chunkTiles, tiles);
  const firstPanel = (chunk % across) * chunkPanels;
  const endPanel = min(firstPanel + chunkPanels, panels);
  const table = pointerAt(job, TILES) + <usize>(thread * chunkTiles) * TILE_BYTES;
  describeTiles(job, firstTile, endTile, table);

  const sums = pointerAt(job, SUMS) + ((<usize>images * <usize>panels * <usize>inputs) << 5);
  const firstRow = images * chunkImages * rows;
  const endRow = min(images * chunkImages + chunkImages, intAt(job, BATCH)) * rows;
  const blockRows = intAt(job, BLOCK_ROWS);
  for (let row = firstRow; row < endRow; row += blockRows) {
    const end = min(row + blockRows, endRow);
    for (let p = firstPanel; p < endPanel; p++) {
      const dy = pointerAt(job, DY) + (<usize>panelStart(p, outChannels) << 2);
      const wide = panelWidth(p, outChannels) == 8;
      let entry = table;
      for (let tile = firstTile; tile < endTile; tile++) {
        const to = sums + ((<usize>p * <usize>inputs + <usize>load<i32>(entry, FIRST_INPUT)) << 5);
        const tall = load<i32>(entry, HEIGHT) > 4;
        if (ASC_FEATURE_RELAXED_SIMD && tall) {
          if (wide) sumTile(6, 8, job, entry, dy, row, end, row > firstRow, to);
          else sumTile(6, 4, job, entry, dy, row, end, row > firstRow, to);
        } else {
          if (wide) sumTile(4, 8, job, entry, dy, row, end, row > firstRow, to);
          else sumTile(4, 4, job, entry, dy, row, end, row > firstRow, to);
        }
        entry += TILE_BYTES;
      }
    }
  }
}

/** Adds up x · dy over rows `firstRow` to `endRow − 1`, counted through all images, for TALL inputs and WIDE channels. */
// @ts-ignore: decorator
@inline
function sumTile(TALL: i32, WIDE: i32, job: usize, entry: usize, dy: usize, firstRow: i32, endRow: i32, more: bool, to: usize): void {
  const zero = f32x4.splat(0);
  let a0 = zero;
  let a1 = zero;
  let b0 = zero;
  let b1 = zero;
  let c0 = zero;
  let c1 = zero;
  let d0 = zero;
  let d1 = zero;
  let e0 = zero;
  let e1 = zero;
  let f0 = zero;
  let f1 = zero;
  if (more) {
    a0 = v128.load(to);
    b0 = v128.load(to, 32);
    c0 = v128.load(to, 64);
    d0 = v128.load(to, 96);
    if (TALL > 4) {
      e0 = v128.load(to, 128);
      f0 = v128.load(to, 160);
    }
    if (WIDE > 4) {
      a1 = v128.load(to, 16);
      b1 = v128.load(to, 48);
      c1 = v128.load(to, 80);
      d1 = v128.load(to, 112);
      if (TALL > 4) {
        e1 = v128.load(to, 144);
        f1 = v128.load(to, 176);
      }
    }
  }
  const rows = intAt(job, ROWS);
  const xPixel = <usize>intAt(job, IN_CHANNELS) << 2;
  const xLine = <usize>intAt(job, IN_WIDTH) * xPixel;
  const xImage = <usize>intAt(job, IN_HEIGHT) * xLine;
  const xStep = <usize>intAt(job, STRIDE_WIDTH) * xPixel;
  const xRow = <usize>intAt(job, STRIDE_HEIGHT) * xLine;
  const dyStep = <usize>intAt(job, OUT_CHANNELS) << 2;
  const dyRow = <usize>intAt(job, COLUMNS) * dyStep;
  const column = load<i32>(entry, FIRST_COLUMN);
  const columns = load<i32>(entry, END_COLUMN) - column;
  const begin = load<i32>(entry, FIRST_ROW);
  const end = load<i32>(entry, END_ROW);
  let image = firstRow / rows;
  let inImage = firstRow % rows;
  const x =
    pointerAt(job, X) - <usize>intAt(job, PAD_TOP) * xLine - <usize>intAt(job, PAD_LEFT) * xPixel + <usize>column * xStep;
  for (let row = firstRow; row < endRow; row++) {
    if (inImage >= begin && inImage < end) {
      const at = x + <usize>image * xImage + <usize>inImage * xRow;
      let xa = at + load<usize>(entry);
      let xb = at + load<usize>(entry, 4);
      let xc = at + load<usize>(entry, 8);
      let xd = at + load<usize>(entry, 12);
      let xe = at + load<usize>(entry, 16);
      let xf = at + load<usize>(entry, 20);
      let g = dy + <usize>row * dyRow + <usize>column * dyStep;
      for (let k = columns; k > 0; k--) {
        const g0 = v128.load(g);
        const g1 = WIDE > 4 ? v128.load(g, 16) : g0;
        let value = v128.load32_splat(xa);
        a0 = multiplyAdd(value, g0, a0);
        if (WIDE > 4) a1 = multiplyAdd(value, g1, a1);
        value = v128.load32_splat(xb);
        b0 = multiplyAdd(value, g0, b0);
        if (WIDE > 4) b1 = multiplyAdd(value, g1, b1);
        value = v128.load32_splat(xc);
        c0 = multiplyAdd(value, g0, c0);
        if (WIDE > 4) c1 = multiplyAdd(value, g1, c1);
        value = v128.load32_splat(xd);
        d0 = multiplyAdd(value, g0, d0);
        if (WIDE > 4) d1 = multiplyAdd(value, g1, d1);
        if (TALL > 4) {
          value = v128.load32_splat(xe);
          e0 = multiplyAdd(value, g0, e0);
          if (WIDE > 4) e1 = multiplyAdd(value, g1, e1);
          value = v128.load32_splat(xf);
          f0 = multiplyAdd(value, g0, f0);
          if (WIDE > 4) f1 = multiplyAdd(value, g1, f1);
          xe += xStep;
          xf += xStep;
        }
        xa += xStep;
        xb += xStep;
        xc += xStep;
        xd += xStep;
        g += dyStep;
      }
    }
    if (++inImage == rows) {
      inImage = 0;
      image++;
    }
  }
  const height = load<i32>(entry, HEIGHT);
  v128.store(to, a0);
  if (WIDE > 4) v128.store(to, a1, 16);
  if (height > 1) {
    v128.store(to, b0, 32);
    if (WIDE > 4) v128.store(to, b1, 48);
  }
  if (height > 2) {
    v128.store(to, c0, 64);
    if (WIDE > 4) v128.store(to, c1, 80);
  }
  if (height > 3) {
    v128.store(to, d0, 96);
    if (WIDE > 4) v128.store(to, d1, 112);
  }
  if (TALL > 4) {
    if (height > 4) {
      v128.store(to, e0, 128);
      if (WIDE > 4) v128.store(to, e1, 144);
    }
    if (height > 5) {
      v128.store(to, f0, 160);
      if (WIDE > 4) v128.store(to, f1, 176);
    }
  }
}

/**
 * Adds the sums of all groups of images, in their order. Arguments: sums, gradient [inputs, stored channels], inputs, channels (at least 4),
 * stored channels, panels, groups, inputs in a chunk.
 */
export function sumFilterGradientsF32(job: usize, chunk: i32, thread: i32): void {
  const inputs = intAt(job, 2);
  const channels = intAt(job, 3);
  const stored = intAt(job, 4);
  const panels = intAt(job, 5);
  const groups = intAt(job, 6);
  const begin = chunk * intAt(job, 7);
  const end = min(begin + intAt(job, 7), inputs);
  const group = (<usize>panels * <usize>inputs) << 5;
  for (let p = 0; p < panels; p++) {
    const wide = panelWidth(p, channels) == 8;
    let from = pointerAt(job, 0) + ((<usize>p * <usize>inputs + <usize>begin) << 5);
    let to = pointerAt(job, 1) + (<usize>(begin * stored + panelStart(p, channels)) << 2);
    for (let input = begin; input < end; input++) {
      let low = v128.load(from);
      let high = v128.load(from, 16);
      let next = from + group;
      for (let i = 1; i < groups; i++) {
        low = f32x4.add(low, v128.load(next));
        high = f32x4.add(high, v128.load(next, 16));
        next += group;
      }
      if (stored < 4) {
        for (let lane = 0; lane < stored; lane++) {
          store<f32>(to + (<usize>lane << 2), f32x4.extract_lane(low, 0));
          low = i8x16.shuffle(low, low, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3);
        }
      } else {
        v128.store(to, low);
        if (wide) v128.store(to, high, 16);
      }
      from += 32;
      to += <usize>stored << 2;
    }
  }
}
