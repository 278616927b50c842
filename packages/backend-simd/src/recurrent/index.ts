import type { SimdKernel } from '../kernel.js';

export const recurrentKernels: readonly SimdKernel[] = [];
