import type { SimdKernel } from '../kernel.js';
import { activationGrad } from './activation-grad.js';
import { addN } from './add-n.js';
import { aliasKernels } from './alias.js';
import { binaryKernels } from './binary.js';
import { byteKernels } from './bytes.js';
import { cast } from './cast.js';
import { fillKernels } from './fill.js';
import { unaryKernels } from './unary.js';

export const elementwiseKernels: readonly SimdKernel[] = [
  activationGrad,
  addN,
  ...aliasKernels,
  ...binaryKernels,
  ...byteKernels,
  cast,
  ...fillKernels,
  ...unaryKernels,
];
