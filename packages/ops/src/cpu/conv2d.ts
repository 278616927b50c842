import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  backend_util,
  type Conv2DAttrs,
  type Conv2DBackpropFilterAttrs,
  type Conv2DBackpropFilterInputs,
  type Conv2DBackpropInputAttrs,
  type Conv2DBackpropInputInputs,
  type Conv2DInputs,
  type FusedConv2DAttrs,
  type FusedConv2DInputs,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { finishInPlace, startWithBias } from './epilogue.js';
import { LANES, multiplyPanels, packPanels, panelsLength } from './gemm.js';
import { type FastKernel, floatValues, output, workspace } from './kernel.js';
import {
  addPatches,
  emptyFrames,
  intoFrames,
  outOfFrames,
  type Patches,
  packPatches,
  packPatchesTransposed,
  patchesOf,
} from './patches.js';

/**
 * Convolutions over `x [batch, height, width, inChannels]` with `filter [filterHeight, filterWidth, inChannels, outChannels]` as products of
 * patches, a block of output pixels at a time. `float32`, channels last; all else is left to tfjs' kernels, and so
 * is a `dy` that is no output of the convolution, which they take.
 *
 * Padding is multiplied as zeros, where tfjs skips it. That differs only when the other factor is NaN or infinite, so then tfjs' kernel
 * answers: forward this is seen on the filter, for the filter's gradient on the result.
 */

/** Numbers in a block of patches: 256 kB. */
const BLOCK = 32 * 1024;

type Shape4D = [number, number, number, number];

export const conv2d: FastKernel<Conv2DInputs, Conv2DAttrs> = ({ inputs, attrs, backend }) =>
  convolve(inputs.x, inputs.filter, attrs, backend);

/** `activation(conv2d(x, filter) + bias)`. */
export const fusedConv2d: FastKernel<FusedConv2DInputs, FusedConv2DAttrs> = ({ inputs, attrs, backend }) => {
  const { x, filter, bias, preluActivationWeights } = inputs;
  const linear = convolve(x, filter, attrs, backend, bias);
  return linear && finishInPlace(backend, linear, attrs.activation, preluActivationWeights, attrs.leakyreluAlpha);
};

/** Gradient with respect to `x`, of shape `inputShape`, from `dy [batch, outHeight, outWidth, outChannels]`. */
export const conv2dBackpropInput: FastKernel<Conv2DBackpropInputInputs, Conv2DBackpropInputAttrs> = ({ inputs, attrs, backend }) => {
  const { dy, filter } = inputs;
  const dyValues = floatValues(backend, dy);
  const filterValues = floatValues(backend, filter);
  if (!dyValues || !filterValues || attrs.dataFormat !== 'NHWC') return undefined;
  const info = convInfo(attrs.inputShape, filter.shape, attrs);
  if (!util.arraysEqual(dy.shape, info.outShape)) return undefined;
  const patches = patchesOf(info);
  const { depth } = patches;
  const channels = info.outChannels;
  const blockRows = rowsInBlock(patches);

  const filterPanels = workspace('panels of b', panelsLength(depth, channels));
  packPanels(filterValues, 0, channels, 1, depth, channels, filterPanels);
  const dyPanels = workspace('panels of a', panelsLength(blockRows, channels));
  const rows = new Float32Array(blockRows * depth);
  const frames = emptyFrames(patches);
  const dx = new Float32Array(util.sizeFromShape(info.inShape));
  eachBlock(patches, blockRows, {
    begin: () => frames.fill(0),
    block: (first, count, position) => {
      packPanels(dyValues, position * channels, channels, 1, count, channels, dyPanels);
      rows.fill(0);
      multiplyPanels(dyPanels, filterPanels, count, channels, depth, rows, 0, depth);
      addPatches(rows, patches, first, count, frames);
    },
    end: (image, count) => outOfFrames(frames, patches, image, count, dx),
  });
  return output(backend, dx, info.inShape);
};

/** Gradient with respect to the filter, of shape `filterShape`, from `x` and `dy [batch, outHeight, outWidth, outChannels]`. */
export const conv2dBackpropFilter: FastKernel<Conv2DBackpropFilterInputs, Conv2DBackpropFilterAttrs> = ({ inputs, attrs, backend }) => {
  const { x, dy } = inputs;
  const xValues = floatValues(backend, x);
  const dyValues = floatValues(backend, dy);
  if (!xValues || !dyValues || attrs.dataFormat !== 'NHWC') return undefined;
  const info = convInfo(x.shape, attrs.filterShape, attrs);
  if (!util.arraysEqual(dy.shape, info.outShape)) return undefined;
  const patches = patchesOf(info);
  const { depth } = patches;
  const channels = info.outChannels;
  const blockRows = rowsInBlock(patches);

  const patchPanels = workspace('panels of a', panelsLength(depth, blockRows));
  const dyPanels = workspace('panels of b', panelsLength(channels, blockRows));
  const frames = emptyFrames(patches);
  const dFilter = new Float32Array(depth * channels);
  eachBlock(patches, blockRows, {
    begin: (image, count) => intoFrames(xValues, patches, image, count, frames),
    block: (first, count, position) => {
      packPatchesTransposed(frames, patches, first, count, patchPanels);
      packPanels(dyValues, position * channels, 1, channels, channels, count, dyPanels);
      multiplyPanels(patchPanels, dyPanels, depth, count, channels, dFilter, 0, channels);
    },
  });
  if (patches.padded && dFilter.some(Number.isNaN)) return undefined;
  return output(backend, dFilter, info.filterShape);
};

function convolve(
  x: TensorInfo,
  filter: TensorInfo,
  attrs: Conv2DAttrs,
  backend: MathBackendCPU,
  bias?: TensorInfo,
): TensorInfo | undefined {
  const xValues = floatValues(backend, x);
  const filterValues = floatValues(backend, filter);
  if (!xValues || !filterValues || attrs.dataFormat !== 'NHWC') return undefined;
  const info = convInfo(x.shape, filter.shape, attrs);
  const patches = patchesOf(info);
  if (patches.padded && !filterValues.every(Number.isFinite)) return undefined;
  const { depth } = patches;
  const channels = info.outChannels;
  const blockRows = rowsInBlock(patches);
  const values = startWithBias(backend, util.sizeFromShape(info.outShape), channels, bias);
  if (!values) return undefined;

  const filterPanels = workspace('panels of b', panelsLength(channels, depth));
  packPanels(filterValues, 0, 1, channels, channels, depth, filterPanels);
  const patchPanels = workspace('panels of a', panelsLength(blockRows, depth));
  const frames = emptyFrames(patches);
  eachBlock(patches, blockRows, {
    begin: (image, count) => intoFrames(xValues, patches, image, count, frames),
    block: (first, count, position) => {
      packPatches(frames, patches, first, count, patchPanels);
      multiplyPanels(patchPanels, filterPanels, count, depth, channels, values, position * channels, channels);
    },
  });
  return output(backend, values, info.outShape);
}

/** What to do with each lot of framed images, from `image` on, and with each block of their patches, from `first` of the lot on. */
interface BlockVisitor {
  readonly begin: (image: number, count: number) => void;
  /** `position` counts the patches before this block in the whole batch. */
  readonly block: (first: number, count: number, position: number) => void;
  readonly end?: (image: number, count: number) => void;
}

function eachBlock(patches: Patches, blockRows: number, visitor: BlockVisitor): void {
  const { batchSize } = patches.info;
  for (let image = 0; image < batchSize; image += patches.images) {
    const images = Math.min(patches.images, batchSize - image);
    const positions = images * patches.positions;
    visitor.begin(image, images);
    for (let first = 0; first < positions; first += blockRows) {
      visitor.block(first, Math.min(blockRows, positions - first), image * patches.positions + first);
    }
    visitor.end?.(image, images);
  }
}

function convInfo(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attrs: Pick<Conv2DAttrs, 'strides' | 'pad' | 'dimRoundingMode'> & { dilations?: Conv2DAttrs['dilations'] },
): backend_util.Conv2DInfo {
  const { strides, dilations = 1, pad, dimRoundingMode } = attrs;
  return backend_util.computeConv2DInfo(inputShape as Shape4D, filterShape as Shape4D, strides, dilations, pad, dimRoundingMode);
}

/** Patches packed at a time: whole panels, as many as a block holds. */
function rowsInBlock({ depth, images, positions }: Patches): number {
  const panels = Math.max(1, Math.floor(BLOCK / (depth * LANES)));
  return Math.min(panels * LANES, Math.ceil((images * positions) / LANES) * LANES);
}
