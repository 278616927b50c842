import type { SimdKernel } from '../kernel.js';

export const optimizerKernels: readonly SimdKernel[] = [];
