import { backend_util } from '@tensorflow/tfjs-core';

type Shape4D = [number, number, number, number];
type Padding = 'valid' | 'same' | number | [[number, number], [number, number], [number, number], [number, number]];

/** A convolution to try: shapes of x and of the filter, and how it moves. */
export interface ConvolutionCase {
  readonly x: Shape4D;
  readonly filter: Shape4D;
  readonly strides: [number, number];
  readonly pad: Padding;
  readonly dilations: [number, number];
}

const explicit: Padding = [[0, 0], [2, 1], [0, 3], [0, 0]]; // biome-ignore format: one pair for each axis

function make(
  x: Shape4D,
  filter: Shape4D,
  strides: [number, number] = [1, 1],
  pad: Padding = 'same',
  dilations: [number, number] = [1, 1],
): ConvolutionCase {
  return { x, filter, strides, pad, dilations };
}

/**
 * Filters of 1 × 1, 3 × 3, 5 × 5 and odd sizes; steps, gaps and paddings; channels below, at and above the tiles; images below and above
 * a block, and batches of many chunks.
 */
export const plainCases: readonly ConvolutionCase[] = [
  make([2, 5, 5, 1], [3, 3, 1, 1]),
  make([2, 9, 7, 1], [3, 3, 1, 10]),
  make([5, 28, 28, 1], [3, 3, 1, 10]),
  make([3, 6, 7, 3], [3, 3, 3, 5], [1, 1], 'valid'),
  make([1, 33, 31, 4], [5, 5, 4, 6]),
  make([2, 12, 12, 6], [5, 5, 6, 16], [1, 1], 'valid'),
  make([2, 7, 7, 33], [3, 3, 33, 31]),
  make([2, 9, 8, 8], [1, 1, 8, 12]),
  make([3, 8, 8, 16], [1, 1, 16, 4], [2, 2]),
  make([2, 8, 9, 5], [3, 3, 5, 9], [2, 2]),
  make([2, 9, 8, 4], [3, 2, 4, 3], [2, 3], 'valid'),
  make([1, 11, 10, 2], [5, 3, 2, 8], [3, 1], 2),
  make([2, 4, 5, 3], [3, 3, 3, 4], [1, 1], explicit),
  make([2, 3, 2, 3], [5, 5, 3, 2]),
  make([4, 1, 9, 6], [1, 3, 6, 7]),
  make([1, 2, 2, 2], [1, 1, 2, 3], [3, 3], 'valid'),
  make([1, 1, 1, 64], [1, 1, 64, 65], [1, 1], 'valid'),
  make([40, 4, 4, 8], [3, 3, 8, 17]),
  make([0, 4, 4, 2], [3, 3, 2, 4]),
];

/** Few taps and channels: filters below and above one and several panels, images of less than a tile, and of several blocks and chunks. */
export const fewCases: readonly ConvolutionCase[] = [
  make([32, 28, 28, 1], [3, 3, 1, 10]),
  make([3, 17, 31, 1], [5, 5, 1, 6]),
  make([2, 9, 33, 3], [3, 3, 3, 33]),
  make([2, 8, 8, 2], [2, 4, 2, 5]),
  make([1, 3, 210, 4], [1, 3, 4, 16]),
  make([2, 4, 4, 3], [1, 1, 3, 9]),
  make([3, 2, 2, 1], [3, 3, 1, 12]),
  make([2, 9, 4, 1], [3, 2, 1, 20], [2, 3]),
];

export const dilatedCases: readonly ConvolutionCase[] = [
  make([2, 9, 9, 3], [3, 3, 3, 5], [1, 1], 'same', [2, 2]),
  make([1, 11, 8, 2], [3, 2, 2, 10], [1, 1], 'valid', [3, 2]),
  make([2, 5, 6, 4], [3, 3, 4, 4], [1, 1], 4, [1, 3]),
  make([2, 12, 9, 1], [3, 3, 1, 10], [1, 1], 'same', [3, 2]),
];

/** Shape of the result. */
export function outShape({ x, filter, strides, pad, dilations }: ConvolutionCase, depthwise = false): Shape4D {
  const explicitPad = pad as Parameters<typeof backend_util.computeConv2DInfo>[4];
  return backend_util.computeConv2DInfo(x, filter, strides, dilations, explicitPad, 'floor', depthwise).outShape as Shape4D;
}

export const attrsOf = ({ strides, pad, dilations }: ConvolutionCase): object => ({
  strides,
  pad,
  dilations,
  dataFormat: 'NHWC',
  dimRoundingMode: 'floor',
});

/** Filters of a depthwise convolution: channels below, at and above 4 and 16, and several filters for each channel. */
export const depthwiseCases: readonly ConvolutionCase[] = [
  make([2, 5, 6, 1], [3, 3, 1, 1]),
  make([1, 9, 8, 5], [3, 3, 5, 1]),
  make([33, 5, 5, 4], [3, 2, 4, 2], [1, 1], 'valid'),
  make([2, 7, 6, 3], [5, 5, 3, 3], [2, 2]),
  make([1, 11, 10, 33], [3, 3, 33, 1], [2, 1]),
  make([2, 6, 7, 16], [2, 3, 16, 1], [3, 3], 1),
  make([2, 4, 5, 31], [3, 3, 31, 1], [1, 1], explicit),
  make([2, 3, 3, 6], [1, 1, 6, 2]),
  make([0, 3, 3, 6], [3, 3, 6, 1]),
  make([1, 9, 9, 6], [3, 3, 6, 1], [1, 1], 'same', [2, 3]),
  make([1, 9, 8, 2], [3, 2, 2, 4], [1, 1], 'valid', [1, 2]),
];
