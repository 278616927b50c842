import type { SimdKernel } from '../kernel.js';
import { all, any, argMax, argMin, prod } from './fold.js';
import { max, mean, min, sum } from './sum.js';

export const reductionKernels: readonly SimdKernel[] = [all, any, argMax, argMin, max, mean, min, prod, sum];
