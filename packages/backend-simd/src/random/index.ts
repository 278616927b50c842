import type { SimdKernel } from '../kernel.js';
import { dropout } from './dropout.js';

export const randomKernels: readonly SimdKernel[] = [dropout];
