import type { SimdKernel } from '../kernel.js';
import { batchMatMul } from './batch-mat-mul.js';
import { fusedMatMul } from './fused-mat-mul.js';

export const matmulKernels: readonly SimdKernel[] = [batchMatMul, fusedMatMul];
