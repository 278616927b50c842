import type { SimdKernel } from '../kernel.js';
import { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from './pooling.js';

export const convolutionKernels: readonly SimdKernel[] = [averagePool, averagePoolGradient, maxPool, maxPoolGradient];
