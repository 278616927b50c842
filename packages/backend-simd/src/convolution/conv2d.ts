import {
  backend_util,
  type Conv2DAttrs,
  type Conv2DBackpropInputAttrs,
  type Conv2DBackpropInputInputs,
  type Conv2DInputs,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { convolve, type Epilogue, plainSum } from './convolve.js';

export type Info = backend_util.Conv2DInfo;
type Shape4D = [number, number, number, number];

/**
 * Convolution of `x [batch, height, width, inChannels]` with `filter [filterHeight, filterWidth, inChannels, outChannels]`, float32,
 * channels last.
 */
export const conv2d: SimdKernel = simdKernel<Conv2DInputs, Conv2DAttrs>('Conv2D', ({ inputs: { x, filter }, attrs, backend }) => {
  const info = convInfo(x, filter, x.shape, filter.shape, attrs);
  return info && convolveForward(backend, x, filter, info, plainSum);
});

/** Gradient of {@link conv2d} with respect to `x`: also a transposed convolution. */
export const conv2dBackpropInput: SimdKernel = simdKernel<Conv2DBackpropInputInputs, Conv2DBackpropInputAttrs>(
  'Conv2DBackpropInput',
  ({ inputs: { dy, filter }, attrs, backend }) => {
    const info = convInfo(dy, filter, attrs.inputShape, filter.shape, attrs);
    if (!info || !util.arraysEqual(dy.shape, info.outShape)) return undefined;
    const dx = backend.output(info.inShape);
    convolveBackward(backend, backend.pointer(dy), backend.pointer(filter), backend.pointer(dx), info);
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
export function convolveForward(backend: SimdBackend, x: TensorInfo, filter: TensorInfo, info: Info, epilogue: Epilogue): TensorInfo {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth } = info;
  const y = backend.output(info.outShape);
  const pixel = outChannels * 4;
  // A filter of one tap sees no rows: all images are one.
  const flat = filterHeight * filterWidth * info.strideHeight * info.strideWidth === 1 && inHeight === outHeight && inWidth === outWidth;
  convolve(
    backend,
    backend.pointer(x),
    {
      batch: flat ? 1 : batchSize,
      inHeight: flat ? batchSize * inHeight : inHeight,
      inWidth,
      inChannels,
      outChannels,
      rows: flat ? batchSize * outHeight : outHeight,
      columns: outWidth,
      tapRows: filterHeight,
      tapColumns: filterWidth,
      strideHeight: info.strideHeight,
      strideWidth: info.strideWidth,
      dilationHeight: info.dilationHeight,
      dilationWidth: info.dilationWidth,
      padTop: info.padInfo.top,
      padLeft: info.padInfo.left,
    },
    {
      address: backend.pointer(filter),
      first: 0,
      toRow: filterWidth * inChannels * outChannels,
      toColumn: inChannels * outChannels,
      toInChannel: outChannels,
      toOutChannel: 1,
    },
    { address: backend.pointer(y), toImage: outHeight * outWidth * pixel, toRow: outWidth * pixel, toColumn: pixel },
    epilogue,
  );
  return y;
}

/**
 * Gradient with respect to x, which is a convolution of dy with the filter turned around. With strides, pixels of x that lie a stride
 * apart meet the same taps, every stride-th one: each such grid is a convolution without strides.
 */
function convolveBackward(backend: SimdBackend, dy: number, filter: number, dx: number, info: Info): void {
  const { inHeight, inWidth, inChannels, outChannels, filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const pixel = inChannels * 4;
  const weights = inChannels * outChannels;
  for (let row = 0; row < Math.min(strideHeight, inHeight); row++) {
    const vertical = gridAxis(row, filterHeight, strideHeight, padInfo.top, inHeight);
    for (let column = 0; column < Math.min(strideWidth, inWidth); column++) {
      const horizontal = gridAxis(column, filterWidth, strideWidth, padInfo.left, inWidth);
      convolve(
        backend,
        dy,
        {
          batch: info.batchSize,
          inHeight: info.outHeight,
          inWidth: info.outWidth,
          inChannels: outChannels,
          outChannels: inChannels,
          rows: vertical.size,
          columns: horizontal.size,
          tapRows: vertical.taps,
          tapColumns: horizontal.taps,
          strideHeight: 1,
          strideWidth: 1,
          dilationHeight: 1,
          dilationWidth: 1,
          padTop: vertical.pad,
          padLeft: horizontal.pad,
        },
        {
          address: filter,
          first: (vertical.lastTap * filterWidth + horizontal.lastTap) * weights,
          toRow: -strideHeight * filterWidth * weights,
          toColumn: -strideWidth * weights,
          toInChannel: 1,
          toOutChannel: outChannels,
        },
        {
          address: dx + (row * inWidth + column) * pixel,
          toImage: inHeight * inWidth * pixel,
          toRow: strideHeight * inWidth * pixel,
          toColumn: strideWidth * pixel,
        },
      );
    }
  }
}

interface GridAxis {
  /** Pixels of x: `offset`, `offset + stride`, … */
  readonly size: number;
  /** Taps that meet them, `lastTap` and every stride-th before it. */
  readonly taps: number;
  readonly lastTap: number;
  /** `lastTap` meets the first pixel at output −pad. */
  readonly pad: number;
}

/** Tap t of output o falls on pixel o · stride − pad + t: the taps of pixel p are those that leave p + pad − t divisible by the stride. */
function gridAxis(offset: number, window: number, stride: number, pad: number, inSize: number): GridAxis {
  const firstTap = (offset + pad) % stride;
  const taps = Math.max(0, Math.ceil((window - firstTap) / stride));
  const lastTap = firstTap + (taps - 1) * stride;
  return { size: Math.ceil((inSize - offset) / stride), taps, lastTap, pad: (lastTap - offset - pad) / stride };
}
