import type { SimdKernel } from '../kernel.js';

export const matmulKernels: readonly SimdKernel[] = [];
