import { type Conv2DBackpropFilterAttrs, type Conv2DBackpropFilterInputs, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { convInfo } from './conv2d.js';
import type { Info } from './geometry.js';
import { mendFilterGradient } from './mend-filter-gradient.js';

/** Multiplications of a chunk: some 20 µs. */
const CHUNK = 2 ** 19;
/** Chunks at the most: enough for many threads, while the sums of groups of images stay few. */
const MOST_CHUNKS = 32;
/** Output pixels of a block. */
const BLOCK = 128;
/** Bytes that describe a tile: assembly/convolution/filter-gradient.ts has the same. */
const TILE_BYTES = 48;
/** Bytes of the sums of a tile. */
const SUM_BYTES = 192;

/**
 * Gradient of a convolution with respect to its filter `[filterHeight, filterWidth, inChannels, outChannels]`, from
 * `x [batch, height, width, inChannels]` and `dy [batch, outHeight, outWidth, outChannels]`, float32, channels last.
 */
export const conv2dBackpropFilter: SimdKernel = simdKernel<Conv2DBackpropFilterInputs, Conv2DBackpropFilterAttrs>(
  'Conv2DBackpropFilter',
  ({ inputs: { x, dy }, attrs, backend }) => {
    const info = convInfo(x, dy, x.shape, attrs.filterShape, attrs);
    if (!info || !util.arraysEqual(dy.shape, info.outShape)) return undefined;
    const gradient = backend.output(attrs.filterShape);
    const to = backend.pointer(gradient);
    const length = util.sizeFromShape(attrs.filterShape);
    if (util.sizeFromShape(dy.shape) * length === 0) {
      backend.floats(to, length).fill(0);
      return gradient;
    }
    const from = backend.pointer(x);
    const images: Images = { address: from, height: info.inHeight, width: info.inWidth, top: info.padInfo.top, left: info.padInfo.left };
    const frame = frameOf(info);
    if (!frame) {
      sumUp(backend, images, backend.pointer(dy), to, info, reachesOver(info) ? info.inChannels : weightInputs(info));
      return gradient;
    }
    const address = backend.scratch(info.batchSize * frame.height * frame.width * info.inChannels * 4);
    backend.run(
      'frameF32',
      info.batchSize,
      from,
      address,
      info.inHeight,
      info.inWidth,
      info.inChannels,
      frame.height,
      frame.width,
      info.inChannels,
      info.padInfo.top,
      info.padInfo.left,
    );
    sumUp(backend, { ...frame, address, top: 0, left: 0 }, backend.pointer(dy), to, info, weightInputs(info));
    backend.releaseScratch(address);
    // In a frame padding is multiplied, as zeros: seen only where it meets NaN or infinity.
    mendFilterGradient(backend, from, backend.pointer(dy), to, info);
    return gradient;
  },
);

/** Images at `address`; tap 0 of output 0 falls on pixel (−top, −left). */
interface Images {
  readonly address: number;
  readonly height: number;
  readonly width: number;
  readonly top: number;
  readonly left: number;
}

/** Rows of the filter as a matrix: each tap and channel of x. */
const weightInputs = (info: Info): number => info.filterHeight * info.filterWidth * info.inChannels;

const covered = (outputs: number, stride: number, window: number): number => (outputs - 1) * stride + window;

/** Whether a tap falls on padding somewhere. */
function reachesOver({ padInfo: { top, left }, outHeight, outWidth, strideHeight, strideWidth, ...info }: Info): boolean {
  return (
    top > 0 ||
    left > 0 ||
    covered(outHeight, strideHeight, info.filterHeight) > info.inHeight ||
    covered(outWidth, strideWidth, info.filterWidth) > info.inWidth
  );
}

/**
 * Few channels leave much of a tile empty where it is taken from one tap alone. Tiles across taps need them all inside: then it is
 * worth while to copy x, which has few channels, into a frame of zeros.
 */
function frameOf(info: Info): { height: number; width: number } | undefined {
  if (!reachesOver(info) || info.inChannels > 16 || info.inChannels % 6 === 0) return undefined;
  return {
    height: covered(info.outHeight, info.strideHeight, info.filterHeight),
    width: covered(info.outWidth, info.strideWidth, info.filterWidth),
  };
}

/** Rows that a tile takes where `left` are left: tileRows of assembly/matmul/tile.ts. */
function tilesOf(rows: number, tall: boolean): number {
  let tiles = 0;
  for (let left = rows; left > 0; tiles++) left -= !tall || left <= 4 || left === 7 || left === 8 ? 4 : 6;
  return tiles;
}

/** Panels of 8 channels, the last one of 4 where that is enough; of 4 below 8 channels. */
const panelsOf = (channels: number): number => (channels < 8 ? Math.ceil(channels / 4) : Math.ceil(channels / 8));

/** Writes the gradient to address `to`. Tiles are taken from each `group` rows of the filter. */
function sumUp(backend: SimdBackend, images: Images, dy: number, to: number, info: Info, group: number): void {
  const { batchSize, outHeight, outWidth, outChannels, inChannels, filterHeight, filterWidth } = info;
  const inputs = weightInputs(info);
  const channels = Math.max(4, outChannels);
  const panels = panelsOf(channels);
  const tilesOfGroup = tilesOf(group, backend.settings.kernels === 'relaxed');
  const tiles = tilesOfGroup * (inputs / group);

  // Panels first, which share nothing; then tiles; then images, whose sums are to be added up.
  const wanted = Math.min(MOST_CHUNKS, Math.ceil((batchSize * outHeight * outWidth * inputs * channels) / CHUNK));
  const chunkPanels = Math.ceil(panels / Math.min(panels, wanted));
  const across = Math.ceil(panels / chunkPanels);
  const chunkTiles = Math.ceil(tiles / Math.min(Math.ceil(tiles / 8), Math.ceil(wanted / across)));
  const down = Math.ceil(tiles / chunkTiles);
  const chunkImages = Math.ceil(batchSize / Math.min(batchSize, Math.ceil(wanted / (across * down))));
  const groups = Math.ceil(batchSize / chunkImages);

  const padded = channels > outChannels ? backend.scratch(batchSize * outHeight * outWidth * channels * 4) : dy;
  if (padded !== dy) {
    backend.run('frameF32', batchSize, dy, padded, outHeight, outWidth, outChannels, outHeight, outWidth, channels, 0, 0);
  }
  const blockRows = Math.max(1, Math.floor(BLOCK / outWidth));
  const sumBytes = groups * panels * tiles * SUM_BYTES;
  const roomBytes = 64 + chunkTiles * TILE_BYTES + blockRows * outWidth * 8;
  const sums = backend.scratch(sumBytes + backend.settings.threads * roomBytes);
  backend.run(
    'filterGradientF32',
    across * down * groups,
    images.address,
    padded,
    sums,
    sums + sumBytes,
    batchSize,
    images.height,
    images.width,
    inChannels,
    channels,
    outHeight,
    outWidth,
    filterHeight,
    filterWidth,
    info.strideHeight,
    info.strideWidth,
    images.top,
    images.left,
    group,
    tilesOfGroup,
    chunkImages,
    chunkPanels,
    chunkTiles,
    blockRows,
    panels,
    roomBytes,
  );
  const sumTiles = Math.max(1, Math.floor(CHUNK / (48 * groups * panels)));
  backend.run(
    'sumFilterGradientsF32',
    Math.ceil(tiles / sumTiles),
    sums,
    to,
    tiles,
    group,
    tilesOfGroup,
    channels,
    outChannels,
    panels,
    groups,
    sumTiles,
  );
  backend.releaseScratch(sums);
  if (padded !== dy) backend.releaseScratch(padded);
}
