import type { SimdKernel } from '../kernel.js';

export const reductionKernels: readonly SimdKernel[] = [];
