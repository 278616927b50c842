import {
  backend_util,
  type DepthwiseConv2dNativeAttrs,
  type DepthwiseConv2dNativeBackpropFilterAttrs,
  type DepthwiseConv2dNativeBackpropFilterInputs,
  type DepthwiseConv2dNativeBackpropInputAttrs,
  type DepthwiseConv2dNativeBackpropInputInputs,
  type DepthwiseConv2dNativeInputs,
  type FusedDepthwiseConv2DAttrs,
  type FusedDepthwiseConv2DInputs,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { type FusedSteps, plainSum } from './convolve.js';
import { fuse } from './fuse.js';
import { type Convolution, eachGrid, forwardConvolution, forwardPlaces, type Info, type OutputPlaces } from './geometry.js';

type Shape4D = [number, number, number, number];

/** Multiplications of a chunk: some 10 µs. */
const CHUNK = 2 ** 16;
/** Chunks of images of a filter's gradient at the most. */
const MOST_CHUNKS = 16;

/**
 * Depthwise convolution of `x [batch, height, width, channels]` with `filter [filterHeight, filterWidth, channels, multiplier]`, float32:
 * `[batch, outHeight, outWidth, channels · multiplier]`.
 */
export const depthwiseConv2d: SimdKernel = simdKernel<DepthwiseConv2dNativeInputs, DepthwiseConv2dNativeAttrs>(
  'DepthwiseConv2dNative',
  ({ inputs: { x, filter }, attrs, backend }) => {
    const info = depthwiseInfo(x, filter, x.shape, filter.shape, attrs);
    return info && convolveForward(backend, x, filter, info, plainSum);
  },
);

/** `activation(depthwiseConv2d(x, filter) + bias)`. */
export const fusedDepthwiseConv2d: SimdKernel = simdKernel<FusedDepthwiseConv2DInputs, FusedDepthwiseConv2DAttrs>(
  'FusedDepthwiseConv2D',
  ({ inputs, attrs, backend }) => {
    const { x, filter } = inputs;
    const info = depthwiseInfo(x, filter, x.shape, filter.shape, attrs);
    return info && fuse(backend, inputs, attrs, info.outChannels, steps => convolveForward(backend, x, filter, info, steps));
  },
);

/** Gradient of {@link depthwiseConv2d} with respect to `x`, of shape `inputShape`. */
export const depthwiseConv2dBackpropInput: SimdKernel = simdKernel<
  DepthwiseConv2dNativeBackpropInputInputs,
  DepthwiseConv2dNativeBackpropInputAttrs
>('DepthwiseConv2dNativeBackpropInput', ({ inputs: { dy, filter }, attrs, backend }) => {
  const info = depthwiseInfo(dy, filter, attrs.inputShape, filter.shape, attrs);
  if (!info || !isGradient(dy, info)) return undefined;
  const { outChannels, filterWidth, strideHeight, strideWidth } = info;
  const dx = backend.output(info.inShape);
  const length = util.sizeFromShape(info.inShape);
  const multiplier = filter.shape[3]!;
  // Each channel's copies by themselves; their gradients are added up.
  const copies = multiplier === 1 ? backend.pointer(dx) : backend.scratch(length * multiplier * 4);
  const tap = outChannels * 4;
  eachGrid(info, outChannels, copies, (grid, lastTap, places) => {
    const weights = {
      address: backend.pointer(filter) + lastTap * tap,
      toRow: -strideHeight * filterWidth * tap,
      toColumn: -strideWidth * tap,
    };
    convolveChannels(backend, backend.pointer(dy), grid, weights, places, plainSum);
  });
  if (multiplier > 1) {
    sumUp(backend, copies, backend.pointer(dx), length, multiplier, 1);
    backend.releaseScratch(copies);
  }
  return dx;
});

/** Gradient of {@link depthwiseConv2d} with respect to the filter, of shape `filterShape`. */
export const depthwiseConv2dBackpropFilter: SimdKernel = simdKernel<
  DepthwiseConv2dNativeBackpropFilterInputs,
  DepthwiseConv2dNativeBackpropFilterAttrs
>('DepthwiseConv2dNativeBackpropFilter', ({ inputs: { x, dy }, attrs, backend }) => {
  const info = depthwiseInfo(x, dy, x.shape, attrs.filterShape, attrs);
  if (!info || !isGradient(dy, info)) return undefined;
  const { batchSize, outHeight, outWidth, outChannels, filterHeight, filterWidth } = info;
  const gradient = backend.output(attrs.filterShape);
  const size = filterHeight * filterWidth * outChannels;
  const cost = outHeight * outWidth * size;
  const chunkImages = Math.max(1, Math.ceil(CHUNK / Math.max(1, cost)), Math.ceil(batchSize / MOST_CHUNKS));
  const chunks = Math.ceil(batchSize / chunkImages);
  const copies = copied(backend, x, info);
  const sums = backend.scratch(chunks * size * 4);
  backend.run(
    'depthwiseFilterGradientF32',
    chunks,
    copies,
    backend.pointer(dy),
    sums,
    batchSize,
    info.inHeight,
    info.inWidth,
    outChannels,
    outHeight,
    outWidth,
    filterHeight,
    filterWidth,
    info.strideHeight,
    info.strideWidth,
    info.padInfo.top,
    info.padInfo.left,
    chunkImages,
  );
  sumUp(backend, sums, backend.pointer(gradient), size, chunks, size);
  backend.releaseScratch(sums);
  if (copies !== backend.pointer(x)) backend.releaseScratch(copies);
  return gradient;
});

function depthwiseInfo(
  a: TensorInfo,
  b: TensorInfo,
  inputShape: readonly number[],
  filterShape: readonly number[],
  attrs: Pick<DepthwiseConv2dNativeBackpropInputAttrs, 'strides' | 'dilations' | 'pad' | 'dimRoundingMode'> & {
    readonly dataFormat?: string;
  },
): Info | undefined {
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return undefined;
  const { strides, dilations, pad, dimRoundingMode } = attrs;
  if (attrs.dataFormat === 'NCHW') return undefined;
  return backend_util.computeConv2DInfo(
    inputShape as Shape4D,
    filterShape as Shape4D,
    strides,
    dilations ?? 1,
    pad as Parameters<typeof backend_util.computeConv2DInfo>[4],
    dimRoundingMode,
    true,
  );
}

/** Whether `dy` is a gradient of this convolution, and of one without dilation: others are left to cpu. */
const isGradient = (dy: TensorInfo, info: Info): boolean =>
  util.arraysEqual(dy.shape, info.outShape) && info.dilationHeight === 1 && info.dilationWidth === 1;

/** Address of x with each channel as often as outputs are made of it: x itself, or scratch. */
function copied(backend: SimdBackend, x: TensorInfo, { inChannels, outChannels }: Info): number {
  const from = backend.pointer(x);
  const times = outChannels / Math.max(1, inChannels);
  if (times <= 1) return from;
  const length = util.sizeFromShape(x.shape);
  const to = backend.scratch(length * times * 4);
  backend.run('repeatF32', Math.ceil(length / CHUNK), from, to, length, times, CHUNK);
  return to;
}

function convolveForward(backend: SimdBackend, x: TensorInfo, filter: TensorInfo, info: Info, steps: FusedSteps): TensorInfo {
  const y = backend.output(info.outShape);
  const tap = info.outChannels * 4;
  const copies = copied(backend, x, info);
  const weights = { address: backend.pointer(filter), toRow: info.filterWidth * tap, toColumn: tap };
  convolveChannels(backend, copies, forwardConvolution(info), weights, forwardPlaces(info, backend.pointer(y)), steps);
  if (copies !== backend.pointer(x)) backend.releaseScratch(copies);
  return y;
}

/** Address of the first tap's weights, and how far it is to the next row and column of them, in bytes. */
interface Weights {
  readonly address: number;
  readonly toRow: number;
  readonly toColumn: number;
}

/** Convolves each of `outChannels` channels of the images at address `x` with its own filter. */
function convolveChannels(
  backend: SimdBackend,
  x: number,
  convolution: Convolution,
  weights: Weights,
  y: OutputPlaces,
  { bias, least, most }: FusedSteps,
): void {
  const { batch, rows, columns, outChannels, tapRows, tapColumns } = convolution;
  const chunkRows = Math.max(1, Math.floor(CHUNK / Math.max(1, columns * outChannels * tapRows * tapColumns)));
  backend.run(
    'depthwiseF32',
    Math.ceil((batch * rows) / chunkRows),
    x,
    weights.address,
    bias,
    y.address,
    batch,
    convolution.inHeight,
    convolution.inWidth,
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
    weights.toRow,
    weights.toColumn,
    y.toImage,
    y.toRow,
    y.toColumn,
    chunkRows,
    least,
    most,
  );
}

/** Adds up every `count` numbers that lie `step` apart. */
function sumUp(backend: SimdBackend, from: number, to: number, results: number, count: number, step: number): void {
  const perChunk = Math.max(1, Math.floor(CHUNK / Math.max(1, count)));
  backend.run('sumStridedF32', Math.ceil(results / perChunk), from, to, results, count, Math.max(1, step), perChunk);
}
