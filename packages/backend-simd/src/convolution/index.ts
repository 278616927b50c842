import type { SimdKernel } from '../kernel.js';
import { conv2d, conv2dBackpropInput } from './conv2d.js';
import { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from './pooling.js';

export const convolutionKernels: readonly SimdKernel[] = [
  averagePool,
  averagePoolGradient,
  conv2d,
  conv2dBackpropInput,
  maxPool,
  maxPoolGradient,
];
