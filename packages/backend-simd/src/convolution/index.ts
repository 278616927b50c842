import type { SimdKernel } from '../kernel.js';

export const convolutionKernels: readonly SimdKernel[] = [];
