import { convolutionKernels } from './convolution/index.js';
import { elementwiseKernels } from './elementwise/index.js';
import { imageKernels } from './image/index.js';
import type { SimdKernel } from './kernel.js';
import { matmulKernels } from './matmul/index.js';
import { movementKernels } from './movement/index.js';
import { normalizationKernels } from './normalization/index.js';
import { optimizerKernels } from './optimizer/index.js';
import { randomKernels } from './random/index.js';
import { recurrentKernels } from './recurrent/index.js';
import { reductionKernels } from './reduction/index.js';

/** Every kernel that this backend has of its own. */
export const kernels: readonly SimdKernel[] = [
  ...convolutionKernels,
  ...elementwiseKernels,
  ...imageKernels,
  ...matmulKernels,
  ...movementKernels,
  ...normalizationKernels,
  ...optimizerKernels,
  ...randomKernels,
  ...recurrentKernels,
  ...reductionKernels,
];
