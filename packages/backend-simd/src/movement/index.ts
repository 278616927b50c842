import type { SimdKernel } from '../kernel.js';

export const movementKernels: readonly SimdKernel[] = [];
