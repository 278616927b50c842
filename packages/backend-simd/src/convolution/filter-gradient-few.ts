import type { SimdBackend } from '../backend.js';
import type { Info } from './geometry.js';
import { GRADIENT_ACTIVATIONS, type GradientActivation, mendFilterGradient } from './mend-filter-gradient.js';

/** Multiplications of a chunk: some 10 µs. */
const CHUNK = 2 ** 18;
/** Chunks at the most: enough for many threads, while their sums stay few. */
const MOST_CHUNKS = 32;
/** Output pixels of a block, whose table stays in the first cache. */
const BLOCK = 200;
/** As in assembly/convolution/few-tile.ts and filter-gradient-few.ts. */
const SHAPE = 224;
const ENTRY = 64;
const LINE = 48;
const SPARE = 5;

/**
 * Gradients of a convolution by its filter and its bias, written to addresses `dFilter` and `dBias`, from that of what its activation
 * gave, `dy`, and the value of that, `y`. The convolution is one that `isFew` takes.
 */
export function filterGradientFew(
  backend: SimdBackend,
  x: number,
  dy: number,
  y: number,
  activation: GradientActivation,
  info: Info,
  dFilter: number,
  dBias: number,
): void {
  const { batchSize, outHeight, outWidth, outChannels, inChannels, filterHeight, filterWidth, strideHeight, strideWidth } = info;
  const rowInputs = filterWidth * inChannels;
  const inputs = filterHeight * rowInputs;
  const allRows = batchSize * outHeight;
  // The gradient of the activation takes about as long as eight inputs.
  const rowCost = outWidth * outChannels * (inputs + 8);
  const chunkRows = Math.max(Math.ceil(CHUNK / rowCost), Math.ceil(allRows / MOST_CHUNKS));
  const chunks = Math.ceil(allRows / chunkRows);
  const blockRows = Math.min(outHeight, chunkRows, Math.max(1, Math.floor(BLOCK / outWidth)));

  const chunkBytes = (Math.ceil(outChannels / 4) >> 1) * (1 + filterHeight * (rowInputs + SPARE)) * LINE;
  const frameHeight = (blockRows - 1) * strideHeight + filterHeight;
  const frameWidth = (outWidth - 1) * strideWidth + filterWidth;
  // Tiles read some numbers beyond the frame.
  const frameBytes = frameHeight * frameWidth * inChannels * 4 + 64;
  const roomBytes = SHAPE + blockRows * outWidth * ENTRY + frameBytes;
  const sums = backend.scratch(chunks * chunkBytes + backend.settings.threads * roomBytes);
  backend.run(
    'filterGradientFewF32',
    chunks,
    x,
    dy,
    y,
    sums,
    sums + chunks * chunkBytes,
    batchSize,
    info.inHeight,
    info.inWidth,
    inChannels,
    outChannels,
    outHeight,
    outWidth,
    filterHeight,
    filterWidth,
    strideHeight,
    strideWidth,
    info.padInfo.top,
    info.padInfo.left,
    GRADIENT_ACTIVATIONS[activation],
    chunkRows,
    blockRows,
    roomBytes,
  );
  const sumLines = Math.max(1, Math.floor(CHUNK / (16 * chunks * outChannels)));
  backend.run(
    'sumFewGradientsF32',
    Math.ceil((inputs + 1) / sumLines),
    sums,
    dFilter,
    dBias,
    filterHeight,
    rowInputs,
    outChannels,
    chunks,
    sumLines,
  );
  backend.releaseScratch(sums);
  mendFilterGradient(backend, x, dy, dFilter, info, y, GRADIENT_ACTIVATIONS[activation]);
}
