import type { SimdKernel } from '../kernel.js';
import { resizeKernels } from './resize.js';

export const imageKernels: readonly SimdKernel[] = [...resizeKernels];
