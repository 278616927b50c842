import {
  backend_util,
  type Conv2DAttrs,
  type Conv2DBackpropInputAttrs,
  type Conv2DBackpropInputInputs,
  type Conv2DInputs,
  type FusedConv2DAttrs,
  type FusedConv2DInputs,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { convolve, type FusedSteps, plainSum } from './convolve.js';
import { convolveFew, isFew } from './convolve-few.js';
import { fuse } from './fuse.js';
import { eachGrid, forwardConvolution, forwardPlaces, type Info } from './geometry.js';

type Shape4D = [number, number, number, number];

/**
 * Convolution of `x [batch, height, width, inChannels]` with `filter [filterHeight, filterWidth, inChannels, outChannels]`, float32,
 * channels last.
 */
export const conv2d: SimdKernel = simdKernel<Conv2DInputs, Conv2DAttrs>('Conv2D', ({ inputs: { x, filter }, attrs, backend }) => {
  const info = convInfo(x, filter, x.shape, filter.shape, attrs);
  return info && convolveForward(backend, x, filter, info, plainSum);
});

/** `activation(conv2d(x, filter) + bias)`: in one pass where the bias is a number for each channel and the activation linear, relu or relu6. */
export const fusedConv2d: SimdKernel = simdKernel<FusedConv2DInputs, FusedConv2DAttrs>('FusedConv2D', ({ inputs, attrs, backend }) => {
  const { x, filter } = inputs;
  const info = convInfo(x, filter, x.shape, filter.shape, attrs);
  return info && fuse(backend, inputs, attrs, info.outChannels, steps => convolveForward(backend, x, filter, info, steps));
});

/** Gradient of {@link conv2d} with respect to `x`: also a transposed convolution. */
export const conv2dBackpropInput: SimdKernel = simdKernel<Conv2DBackpropInputInputs, Conv2DBackpropInputAttrs>(
  'Conv2DBackpropInput',
  ({ inputs: { dy, filter }, attrs, backend }) => {
    const info = convInfo(dy, filter, attrs.inputShape, filter.shape, attrs);
    if (!info || !util.arraysEqual(dy.shape, info.outShape)) return undefined;
    const { inChannels, outChannels, filterWidth, strideHeight, strideWidth } = info;
    const dx = backend.output(info.inShape);
    const tap = inChannels * outChannels;
    eachGrid(info, inChannels, backend.pointer(dx), (grid, lastTap, places) => {
      const weights = {
        address: backend.pointer(filter) + lastTap * tap * 4,
        toRow: -strideHeight * filterWidth * tap,
        toColumn: -strideWidth * tap,
        toInChannel: 1,
        toOutChannel: outChannels,
      };
      convolve(backend, backend.pointer(dy), grid, weights, places, plainSum);
    });
    return dx;
  },
);

/** The convolution that tfjs means; `undefined` where it has other types or another layout than ours. */
export function convInfo(
  a: TensorInfo,
  b: TensorInfo,
  inputShape: readonly number[],
  filterShape: readonly number[],
  attrs: Pick<Conv2DAttrs, 'strides' | 'pad' | 'dataFormat' | 'dimRoundingMode'> & Partial<Pick<Conv2DAttrs, 'dilations'>>,
): Info | undefined {
  if (a.dtype !== 'float32' || b.dtype !== 'float32' || attrs.dataFormat !== 'NHWC') return undefined;
  const { strides, dilations = 1, pad, dimRoundingMode } = attrs;
  return backend_util.computeConv2DInfo(inputShape as Shape4D, filterShape as Shape4D, strides, dilations, pad, dimRoundingMode);
}

/** A new tensor with the convolution of `x`. */
function convolveForward(backend: SimdBackend, x: TensorInfo, filter: TensorInfo, info: Info, steps: FusedSteps): TensorInfo {
  const { inChannels, outChannels, filterWidth } = info;
  const y = backend.output(info.outShape);
  if (isFew(info) && steps.most === Number.POSITIVE_INFINITY) {
    convolveFew(backend, backend.pointer(x), backend.pointer(filter), info, backend.pointer(y), steps);
    return y;
  }
  const weights = {
    address: backend.pointer(filter),
    toRow: filterWidth * inChannels * outChannels,
    toColumn: inChannels * outChannels,
    toInChannel: outChannels,
    toOutChannel: 1,
  };
  convolve(backend, backend.pointer(x), forwardConvolution(info), weights, forwardPlaces(info, backend.pointer(y)), steps);
  return y;
}
