import type { SimdBackend } from '../backend.js';
import type { Convolution, OutputPlaces } from './geometry.js';

/** Where the weights of a filter lie: the address of the first, and how far it is to the next of each kind, in elements. */
export interface FilterPlaces {
  readonly address: number;
  readonly toRow: number;
  readonly toColumn: number;
  readonly toInChannel: number;
  readonly toOutChannel: number;
}

/** What happens to the sums before they are written. */
export interface FusedSteps {
  /** Address of what is added, one number for each channel, or 0. */
  readonly bias: number;
  /** Results are cut off below and above. */
  readonly least: number;
  readonly most: number;
}

export const plainSum: FusedSteps = { bias: 0, least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

/** Multiplications of a chunk: some 10 µs. */
const CHUNK = 2 ** 18;
/** Pixels of a block: assembly/convolution/convolve.ts has the same. */
const BLOCK = 96;
/** Bytes of the filter that a chunk goes over, again for each block: they stay in the second cache. */
const RESIDENT = 2 ** 18;
/** Chunks that are enough for many threads. */
const ENOUGH = 16;

/** Convolves the images at address `x`. */
export function convolve(
  backend: SimdBackend,
  x: number,
  convolution: Convolution,
  filter: FilterPlaces,
  y: OutputPlaces,
  { bias, least, most }: FusedSteps,
): void {
  const { batch, inHeight, inWidth, inChannels, outChannels, rows, columns, tapRows, tapColumns } = convolution;
  if (batch * rows * columns * outChannels === 0) return;
  const depth = tapRows * tapColumns * inChannels;
  const panels = (outChannels + 7) >> 3;
  const panelBytes = depth * 32;
  const packed = backend.scratch(panels * (panelBytes + 32) + backend.settings.threads * (BLOCK * 40 + depth * 8));
  const packedBias = packed + panels * panelBytes;

  const packPanels = Math.max(1, Math.floor(CHUNK / (16 * (depth + 1) * 8)));
  backend.run(
    'packFilterF32',
    Math.ceil(panels / packPanels),
    filter.address,
    packed,
    bias,
    packedBias,
    tapRows,
    tapColumns,
    inChannels,
    outChannels,
    filter.toRow,
    filter.toColumn,
    filter.toInChannel,
    filter.toOutChannel,
    packPanels,
  );

  const rowCost = columns * (depth + 1) * outChannels;
  const chunkRows = Math.min(rows, Math.max(Math.ceil(BLOCK / columns), Math.floor(CHUNK / rowCost)));
  const whole = chunkRows === rows;
  const chunkImages = whole ? Math.min(batch, Math.max(Math.ceil(BLOCK / (rows * columns)), Math.floor(CHUNK / (rows * rowCost)))) : 1;
  const parts = Math.ceil(batch / chunkImages) * Math.ceil(rows / chunkRows);
  let chunkPanels = Math.max(1, Math.min(panels, Math.floor(RESIDENT / (panelBytes + 1))));
  // Few pixels and many channels: chunks of fewer panels, as long as they are worth it.
  if (parts < ENOUGH) {
    const panelCost = chunkImages * chunkRows * (rowCost / panels);
    chunkPanels = Math.min(chunkPanels, Math.max(1, Math.ceil(CHUNK / panelCost), Math.ceil((panels * parts) / ENOUGH)));
  }
  backend.run(
    'convolveF32',
    parts * Math.ceil(panels / chunkPanels),
    x,
    packed,
    packedBias,
    y.address,
    packedBias + panels * 32,
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
    y.toImage,
    y.toRow,
    y.toColumn,
    chunkImages,
    chunkRows,
    chunkPanels,
    least,
    most,
  );
  backend.releaseScratch(packed);
}
