import type { SimdKernel } from '../kernel.js';
import { activationGrad } from './activation-grad.js';
import { add } from './add.js';
import { cast } from './cast.js';
import { unaryKernels } from './unary.js';

export const elementwiseKernels: readonly SimdKernel[] = [activationGrad, add, cast, ...unaryKernels];
