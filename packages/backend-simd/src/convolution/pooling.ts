import {
  type AvgPoolAttrs,
  type AvgPoolGradAttrs,
  type AvgPoolGradInputs,
  type AvgPoolInputs,
  backend_util,
  type MaxPoolAttrs,
  type MaxPoolGradAttrs,
  type MaxPoolGradInputs,
  type MaxPoolInputs,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type { KernelName, SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';

type Info = backend_util.Conv2DInfo;
type Shape4D = [number, number, number, number];

/** Numbers of the input, with multiplicity, that a chunk reads: some 5 µs. */
const CHUNK = 32768;

/** Largest number of each window of `x [batch, height, width, channels]`, float32: `[batch, outHeight, outWidth, channels]`. */
export const maxPool: SimdKernel = simdKernel<MaxPoolInputs, MaxPoolAttrs>('MaxPool', ({ inputs, attrs, backend }) =>
  pool('maxPoolF32', inputs.x, attrs, backend),
);

/** Mean of each window of `x [batch, height, width, channels]`, float32; padding does not count. */
export const averagePool: SimdKernel = simdKernel<AvgPoolInputs, AvgPoolAttrs>('AvgPool', ({ inputs, attrs, backend }) =>
  pool('averagePoolF32', inputs.x, attrs, backend),
);

/** Gradient of {@link maxPool}. */
export const maxPoolGradient: SimdKernel = simdKernel<MaxPoolGradInputs, MaxPoolGradAttrs>('MaxPoolGrad', ({ inputs, attrs, backend }) =>
  spread('maxPoolGradientF32', inputs.dy, inputs.input, attrs, attrs.dimRoundingMode, backend),
);

/** Gradient of {@link averagePool}, which tfjs divides by the size of the window where it reaches over the edge, too. */
export const averagePoolGradient: SimdKernel = simdKernel<AvgPoolGradInputs, AvgPoolGradAttrs>(
  'AvgPoolGrad',
  ({ inputs, attrs, backend }) => spread('averagePoolGradientF32', inputs.dy, inputs.input, attrs, undefined, backend),
);

function pool(kernel: KernelName, x: TensorInfo, attrs: MaxPoolAttrs, backend: SimdBackend): TensorInfo | undefined {
  if (x.dtype !== 'float32') return undefined;
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  const info = backend_util.computePool2DInfo(x.shape as Shape4D, filterSize, strides, 1, pad, dimRoundingMode);
  if (info.filterHeight === 1 && info.filterWidth === 1 && util.arraysEqual(info.inShape, info.outShape)) return backend.alias(x, x.shape);
  const y = backend.output(info.outShape);
  run(kernel, info, false, backend.pointer(x), backend.pointer(y), 0, backend);
  return y;
}

function spread(
  kernel: KernelName,
  dy: TensorInfo,
  x: TensorInfo,
  attrs: AvgPoolGradAttrs,
  rounding: MaxPoolGradAttrs['dimRoundingMode'],
  backend: SimdBackend,
): TensorInfo | undefined {
  if (x.dtype !== 'float32' || dy.dtype !== 'float32') return undefined;
  const info = backend_util.computePool2DInfo(x.shape as Shape4D, attrs.filterSize, attrs.strides, 1, attrs.pad, rounding);
  // tfjs leaves the rounding of the forward pass out here, so that dy may be of another shape.
  if (!util.arraysEqual(dy.shape, info.outShape)) return undefined;
  const dx = backend.output(x.shape);
  const length = util.sizeFromShape(x.shape);
  // Without windows there is nothing that would clear what they leave out.
  if (util.sizeFromShape(dy.shape) === 0) backend.floats(backend.pointer(dx), length).fill(0);
  else run(kernel, info, true, backend.pointer(dy), backend.pointer(x), backend.pointer(dx), backend);
  return dx;
}

function run(kernel: KernelName, info: Info, gradient: boolean, first: number, second: number, third: number, backend: SimdBackend): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, filterHeight, filterWidth, strideHeight, strideWidth } = info;
  const { top, left } = info.padInfo;
  const disjoint = strideHeight >= filterHeight && strideWidth >= filterWidth;
  const covering =
    strideHeight === filterHeight &&
    strideWidth === filterWidth &&
    top + left === 0 &&
    outHeight * strideHeight === inHeight &&
    outWidth * strideWidth === inWidth;
  let rows = Math.max(1, Math.floor(CHUNK / (outWidth * inChannels * filterHeight * filterWidth)));
  // Overlapping windows add to one another's pixels: no two threads may meet in an image.
  if (gradient && !disjoint) rows = Math.ceil(rows / outHeight) * outHeight;
  const chunks = outWidth * inChannels === 0 ? 0 : Math.ceil((batchSize * outHeight) / rows);
  backend.run(
    kernel,
    chunks,
    first,
    second,
    third,
    batchSize,
    inHeight,
    inWidth,
    inChannels,
    outHeight,
    outWidth,
    filterHeight,
    filterWidth,
    strideHeight,
    strideWidth,
    top,
    left,
    rows,
    disjoint ? 1 : 0,
    covering ? 1 : 0,
  );
}
