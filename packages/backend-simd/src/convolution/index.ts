import type { SimdKernel } from '../kernel.js';
import { conv2d, conv2dBackpropInput } from './conv2d.js';
import { conv2dBackpropFilter } from './filter-gradient.js';
import { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from './pooling.js';

export const convolutionKernels: readonly SimdKernel[] = [
  averagePool,
  averagePoolGradient,
  conv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  maxPool,
  maxPoolGradient,
];
