import type { SimdKernel } from '../kernel.js';

export const randomKernels: readonly SimdKernel[] = [];
