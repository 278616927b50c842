import { getKernel, type NamedAttrMap, type NamedTensorInfoMap, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { convInfo } from './conv2d.js';
import { isFew } from './convolve-few.js';
import { filterGradientFew } from './filter-gradient-few.js';
import type { Info } from './geometry.js';
import type { GradientActivation } from './mend-filter-gradient.js';

interface Attributes {
  readonly strides: [number, number];
  readonly pad: 'valid' | 'same';
  readonly filterShape: [number, number, number, number];
  readonly activation: GradientActivation | 'sigmoid';
}

/**
 * Gradients of `y = activation(x ⋆ filter + bias)` with respect to `filter` and `bias [outChannels]`, in this order, from
 * `x [batch, height, width, inChannels]` and `dy` and `y [batch, outHeight, outWidth, outChannels]`, float32, channels last: in one pass
 * where x has few channels, else by the kernels of the activation, the filter and the sum.
 */
export const convolveFilterGrad: SimdKernel = simdKernel<{ x: TensorInfo; dy: TensorInfo; y: TensorInfo }, Attributes>(
  'JogakConvolveFilterGrad',
  ({ inputs: { x, dy, y }, attrs, backend }) => {
    const { filterShape, activation } = attrs;
    const common = { strides: attrs.strides, pad: attrs.pad, dataFormat: 'NHWC' } as const;
    const info = convInfo(x, dy, x.shape, filterShape, common);
    if (!info || !util.arraysEqual(dy.shape, info.outShape)) return undefined;
    const isFused = isFew(info) && util.sizeFromShape(dy.shape) > 0;
    if (isFused && activation !== 'sigmoid') return inOnePass(backend, x, dy, y, activation, info, filterShape);
    const dSums = run(backend, 'JogakActivationGrad', { dy, y }, { activation });
    if (isFused) {
      const gradients = inOnePass(backend, x, dSums, dSums, 'linear', info, filterShape);
      backend.disposeIntermediateTensorInfo(dSums);
      return gradients;
    }
    const dFilter = run(backend, 'Conv2DBackpropFilter', { x, dy: dSums }, { ...common, filterShape });
    const dBias = run(backend, 'Sum', { x: dSums }, { axis: [0, 1, 2], keepDims: false });
    backend.disposeIntermediateTensorInfo(dSums);
    return [dFilter, dBias];
  },
);

function inOnePass(
  backend: SimdBackend,
  x: TensorInfo,
  dy: TensorInfo,
  y: TensorInfo,
  activation: GradientActivation,
  info: Info,
  filterShape: readonly number[],
): TensorInfo[] {
  const dFilter = backend.output(filterShape);
  const dBias = backend.output([info.outChannels]);
  const [from, slope, value] = [backend.pointer(x), backend.pointer(dy), backend.pointer(y)];
  filterGradientFew(backend, from, slope, value, activation, info, backend.pointer(dFilter), backend.pointer(dBias));
  return [dFilter, dBias];
}

function run(backend: SimdBackend, kernelName: string, inputs: NamedTensorInfoMap, attrs: object): TensorInfo {
  return getKernel(kernelName, 'simd').kernelFunc({ inputs, attrs: attrs as NamedAttrMap, backend }) as TensorInfo;
}
