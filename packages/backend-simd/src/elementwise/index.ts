import type { SimdKernel } from '../kernel.js';
import { add } from './add.js';
import { unaryKernels } from './unary.js';

export const elementwiseKernels: readonly SimdKernel[] = [add, ...unaryKernels];
