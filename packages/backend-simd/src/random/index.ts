import type { SimdKernel } from '../kernel.js';
import { dropout } from './dropout.js';
import { randomFill } from './fill.js';

export const randomKernels: readonly SimdKernel[] = [dropout, randomFill];
