import type { SimdKernel } from '../kernel.js';
import { batchNorm, batchNormGrad, fusedBatchNorm } from './batch-norm.js';
import { layerNorm, layerNormGrad } from './layer-norm.js';

export const normalizationKernels: readonly SimdKernel[] = [batchNorm, batchNormGrad, fusedBatchNorm, layerNorm, layerNormGrad];
