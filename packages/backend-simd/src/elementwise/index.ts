import type { SimdKernel } from '../kernel.js';
import { add } from './add.js';

export const elementwiseKernels: readonly SimdKernel[] = [add];
