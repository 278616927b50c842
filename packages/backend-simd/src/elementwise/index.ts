import type { SimdKernel } from '../kernel.js';
import { activationGrad } from './activation-grad.js';
import { binaryKernels } from './binary.js';
import { cast } from './cast.js';
import { unaryKernels } from './unary.js';

export const elementwiseKernels: readonly SimdKernel[] = [activationGrad, ...binaryKernels, cast, ...unaryKernels];
