import type { SimdKernel } from '../kernel.js';
import { conv2d, conv2dBackpropInput, fusedConv2d } from './conv2d.js';
import { convolveFilterGrad } from './convolve-filter-grad.js';
import { depthwiseConv2d, depthwiseConv2dBackpropFilter, depthwiseConv2dBackpropInput, fusedDepthwiseConv2d } from './depthwise.js';
import { conv2dBackpropFilter } from './filter-gradient.js';
import { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from './pooling.js';

export const convolutionKernels: readonly SimdKernel[] = [
  averagePool,
  averagePoolGradient,
  conv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  convolveFilterGrad,
  depthwiseConv2d,
  depthwiseConv2dBackpropFilter,
  depthwiseConv2dBackpropInput,
  fusedConv2d,
  fusedDepthwiseConv2d,
  maxPool,
  maxPoolGradient,
];
