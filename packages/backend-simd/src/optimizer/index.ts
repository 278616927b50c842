import type { SimdKernel } from '../kernel.js';
import { optimizerUpdate } from './update.js';

export const optimizerKernels: readonly SimdKernel[] = [optimizerUpdate];
