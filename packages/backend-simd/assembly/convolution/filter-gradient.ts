// Gradient of a convolution by its filter: a product of x, under each tap, and dy over all pixels of the output, without a matrix of
// patches. A tile is up to six inputs of weights (a tap and a channel each) by a panel of 8 or 4 channels of the output; its sums pass
// over a block of rows of the output, whose parts of x and dy stay in the cache while all tiles do, and wait in memory for the next.
import { intAt, pointerAt } from '../job';
import { runTile } from './convolve-tile';
import { endOutput, firstOutput } from './taps';

// Arguments of filterGradientF32.
// @ts-ignore: decorator
@inline
const X: i32 = 0;
// @ts-ignore: decorator
@inline
const DY: i32 = 1;
/** Sums of each group of images: for each panel and tile six times 8 numbers. */
// @ts-ignore: decorator
@inline
const SUMS: i32 = 2;
/** Room for each thread: 64 bytes, what is known of the tiles of a chunk, and a table of a block's pixels. */
// @ts-ignore: decorator
@inline
const ROOM: i32 = 3;
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
// @ts-ignore: decorator
@inline
const ROOM_BYTES: i32 = 24;

// What is known of a tile, 48 bytes: the addresses of its six inputs under the first pixel of the output, 8 bytes apart (those beyond its
// height are the last one's), and in between which rows and columns of the output see them, and its height.
// @ts-ignore: decorator
@inline
const FIRST_ROW: usize = 4;
// @ts-ignore: decorator
@inline
const END_ROW: usize = 12;
// @ts-ignore: decorator
@inline
const FIRST_COLUMN: usize = 20;
// @ts-ignore: decorator
@inline
const END_COLUMN: usize = 28;
// @ts-ignore: decorator
@inline
const HEIGHT: usize = 36;
// @ts-ignore: decorator
@inline
const TILE_BYTES: usize = 48;
/** Bytes of a tile's sums. */
// @ts-ignore: decorator
@inline
const SUM_BYTES: usize = 192;

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

/** The first input of tile `index` of a group of inputs. */
function tileBegin(group: i32, index: i32): i32 {
  let begin = 0;
  for (; index > 0; index--) begin += tileRows(group - begin);
  return begin;
}

/** Describes tiles first to end − 1 at `to`. */
function describeTiles(job: usize, first: i32, end: i32, to: usize): void {
  const channels = intAt(job, IN_CHANNELS);
  const tapColumns = intAt(job, TAP_COLUMNS);
  const group = intAt(job, GROUP);
  const tilesOfGroup = intAt(job, TILES_OF_GROUP);
  const isMixed = group != channels;
  const inWidth = intAt(job, IN_WIDTH);
  const rows = intAt(job, ROWS);
  const columns = intAt(job, COLUMNS);
  const x = pointerAt(job, X) - (<usize>((intAt(job, PAD_TOP) * inWidth + intAt(job, PAD_LEFT)) * channels) << 2);
  for (let tile = first; tile < end; tile++) {
    const base = (tile / tilesOfGroup) * group;
    const begin = tileBegin(group, tile % tilesOfGroup);
    const height = min(tileRows(group - begin), group - begin);
    for (let i = 0; i < 6; i++) {
      const input = base + begin + min(i, height - 1);
      const tap = input / channels;
      const place = ((tap / tapColumns) * inWidth + (tap % tapColumns)) * channels + (input - tap * channels);
      store<usize>(to + (<usize>i << 3), x + (<usize>place << 2));
    }
    const tap = base / channels;
    const top = tap / tapColumns - intAt(job, PAD_TOP);
    const left = (tap % tapColumns) - intAt(job, PAD_LEFT);
    store<i32>(to, isMixed ? 0 : firstOutput(top, intAt(job, STRIDE_HEIGHT)), FIRST_ROW);
    store<i32>(to, isMixed ? rows : endOutput(top, intAt(job, STRIDE_HEIGHT), intAt(job, IN_HEIGHT), rows), END_ROW);
    store<i32>(to, isMixed ? 0 : firstOutput(left, intAt(job, STRIDE_WIDTH)), FIRST_COLUMN);
    store<i32>(to, isMixed ? columns : endOutput(left, intAt(job, STRIDE_WIDTH), inWidth, columns), END_COLUMN);
    store<i32>(to, height, HEIGHT);
    to += TILE_BYTES;
  }
}

/**
 * Writes, for each pixel of rows `row` to `end` − 1, counted through all images, that a tile sees, how far its x and dy are from the
 * first pixel's. Returns how many they are.
 */
function describePixels(job: usize, tile: usize, row: i32, end: i32, table: usize): i32 {
  const rows = intAt(job, ROWS);
  const xPixel = <usize>intAt(job, IN_CHANNELS) << 2;
  const xLine = <usize>intAt(job, IN_WIDTH) * xPixel;
  const xImage = <usize>intAt(job, IN_HEIGHT) * xLine;
  const xStep = <usize>intAt(job, STRIDE_WIDTH) * xPixel;
  const xRow = <usize>intAt(job, STRIDE_HEIGHT) * xLine;
  const dyStep = <usize>intAt(job, OUT_CHANNELS) << 2;
  const dyRow = <usize>intAt(job, COLUMNS) * dyStep;
  const begin = load<i32>(tile, FIRST_COLUMN);
  const columns = load<i32>(tile, END_COLUMN) - begin;
  let to = table;
  for (; row < end; row++) {
    const image = row / rows;
    const inImage = row - image * rows;
    if (inImage < load<i32>(tile, FIRST_ROW) || inImage >= load<i32>(tile, END_ROW)) continue;
    let x = <usize>image * xImage + <usize>inImage * xRow + <usize>begin * xStep;
    let dy = <usize>row * dyRow + <usize>begin * dyStep;
    for (let column = columns; column > 0; column--) {
      store<usize>(to, x);
      store<usize>(to, dy, 4);
      to += 8;
      x += xStep;
      dy += dyStep;
    }
  }
  return <i32>((to - table) >> 3);
}

/** Whether two tiles see the same pixels. */
// @ts-ignore: decorator
@inline
function seeTheSame(a: usize, b: usize): bool {
  return (
    load<i32>(a, FIRST_ROW) == load<i32>(b, FIRST_ROW) &&
    load<i32>(a, END_ROW) == load<i32>(b, END_ROW) &&
    load<i32>(a, FIRST_COLUMN) == load<i32>(b, FIRST_COLUMN) &&
    load<i32>(a, END_COLUMN) == load<i32>(b, END_COLUMN)
  );
}

/** The sums of a chunk. Arguments: see above. */
export function filterGradientF32(job: usize, chunk: i32, thread: i32): void {
  const rows = intAt(job, ROWS);
  const outChannels = intAt(job, OUT_CHANNELS);
  const inputs = intAt(job, TAP_ROWS) * intAt(job, TAP_COLUMNS) * intAt(job, IN_CHANNELS);
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

  const zeros = pointerAt(job, ROOM) + <usize>thread * pointerAt(job, ROOM_BYTES);
  memory.fill(zeros, 0, 64);
  const described = zeros + 64;
  const pixels = described + <usize>chunkTiles * TILE_BYTES;
  describeTiles(job, firstTile, endTile, described);

  const firstRow = images * chunkImages * rows;
  const endRow = min(images * chunkImages + chunkImages, intAt(job, BATCH)) * rows;
  const blockRows = intAt(job, BLOCK_ROWS);
  for (let row = firstRow; row < endRow; row += blockRows) {
    const isFirst = row == firstRow;
    for (let begin = firstTile, end = firstTile; begin < endTile; begin = end) {
      const entry = described + <usize>(begin - firstTile) * TILE_BYTES;
      do end++;
      while (end < endTile && seeTheSame(entry, described + <usize>(end - firstTile) * TILE_BYTES));
      const count = describePixels(job, entry, row, min(row + blockRows, endRow), pixels);
      for (let p = firstPanel; p < endPanel; p++) {
        const dy = pointerAt(job, DY) + (<usize>panelStart(p, outChannels) << 2);
        const wide = panelWidth(p, outChannels) == 8;
        let sums = pointerAt(job, SUMS) + <usize>((images * panels + p) * tiles + begin) * SUM_BYTES;
        let tile = entry;
        for (let i = begin; i < end; i++) {
          const tall = load<i32>(tile, HEIGHT) > 4;
          runTile(tall, wide, tile, pixels, dy, count, isFirst ? zeros : sums, isFirst ? 0 : 32, sums);
          tile += TILE_BYTES;
          sums += SUM_BYTES;
        }
      }
    }
  }
}

/**
 * Adds the sums of all groups of images, in their order. Arguments: sums, gradient [inputs, stored channels], tiles, inputs in a group, tiles
 * of a group, channels (at least 4), stored channels, panels, groups of images, tiles in a chunk.
 */
export function sumFilterGradientsF32(job: usize, chunk: i32, thread: i32): void {
  const tiles = intAt(job, 2);
  const group = intAt(job, 3);
  const tilesOfGroup = intAt(job, 4);
  const channels = intAt(job, 5);
  const stored = intAt(job, 6);
  const panels = intAt(job, 7);
  const groups = intAt(job, 8);
  const end = min((chunk + 1) * intAt(job, 9), tiles);
  const groupBytes = <usize>(panels * tiles) * SUM_BYTES;
  for (let tile = chunk * intAt(job, 9); tile < end; tile++) {
    const begin = tileBegin(group, tile % tilesOfGroup);
    const height = min(tileRows(group - begin), group - begin);
    const input = (tile / tilesOfGroup) * group + begin;
    for (let p = 0; p < panels; p++) {
      const wide = panelWidth(p, channels) == 8;
      let from = pointerAt(job, 0) + <usize>(p * tiles + tile) * SUM_BYTES;
      let to = pointerAt(job, 1) + (<usize>(input * stored + panelStart(p, channels)) << 2);
      for (let row = 0; row < height; row++) {
        let low = v128.load(from);
        let high = v128.load(from, 16);
        let next = from + groupBytes;
        for (let i = 1; i < groups; i++) {
          low = f32x4.add(low, v128.load(next));
          high = f32x4.add(high, v128.load(next, 16));
          next += groupBytes;
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
}
