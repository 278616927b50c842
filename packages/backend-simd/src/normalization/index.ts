import type { SimdKernel } from '../kernel.js';

export const normalizationKernels: readonly SimdKernel[] = [];
