import type { SimdBackend } from '../backend.js';
import type { FusedSteps } from './convolve.js';
import { forwardConvolution, forwardPlaces, type Info } from './geometry.js';

/** Multiplications of a chunk: some 10 µs. */
const CHUNK = 2 ** 17;
/** Products of a sum that count as few. */
const FEW = 32;
/** Bytes of a thread's room before its table, and of an entry: assembly/convolution/convolve-few.ts and few-tile.ts have the same. */
const TABLE = 272;
const ENTRY = 64;

/** Whether {@link convolveFew} takes a convolution: with few taps and channels, while the filters fill a vector and more. */
export const isFew = ({ filterHeight, filterWidth, inChannels, outChannels }: Info): boolean =>
  outChannels > 4 && filterHeight * filterWidth * inChannels <= FEW;

/** Convolves the images at address `x`, with the filter at address `filter`; results are cut off below alone. */
export function convolveFew(backend: SimdBackend, x: number, filter: number, info: Info, y: number, { bias, least }: FusedSteps): void {
  const convolution = forwardConvolution(info);
  const places = forwardPlaces(info, y);
  const { batch, inHeight, inWidth, inChannels, outChannels, rows, columns, tapRows, tapColumns } = convolution;
  if (batch * rows * columns === 0) return;
  const depth = tapRows * tapColumns * inChannels;
  const rowCost = columns * (depth + 1) * outChannels;
  const chunkRows = Math.min(rows, Math.ceil(CHUNK / rowCost));
  const chunkImages = chunkRows === rows ? Math.min(batch, Math.ceil(CHUNK / (rows * rowCost))) : 1;
  const room = backend.scratch(backend.settings.threads * (TABLE + depth * ENTRY));
  backend.run(
    'convolveFewF32',
    Math.ceil(batch / chunkImages) * Math.ceil(rows / chunkRows),
    x,
    filter,
    bias,
    y,
    room,
    batch,
    inHeight,
    inWidth,
    inChannels,
    outChannels,
    rows,
    columns,
    tapRows,
    tapColumns,
    convolution.strideHeight,
    convolution.strideWidth,
    convolution.dilationHeight,
    convolution.dilationWidth,
    convolution.padTop,
    convolution.padLeft,
    places.toImage,
    places.toRow,
    places.toColumn,
    chunkImages,
    chunkRows,
    Math.ceil(outChannels / 8),
    least,
    Number.POSITIVE_INFINITY,
  );
  backend.releaseScratch(room);
}
