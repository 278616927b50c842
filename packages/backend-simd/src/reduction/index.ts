import type { SimdKernel } from '../kernel.js';
import { accuracy, crossEntropy } from './cross-entropy.js';
import { all, any, argMax, argMin, prod } from './fold.js';
import { cumprod, cumsum, topK } from './scan.js';
import { logSoftmax, softmax, softmaxGrad } from './softmax.js';
import { max, mean, min, sum } from './sum.js';

export const reductionKernels: readonly SimdKernel[] = [
  accuracy,
  all,
  any,
  argMax,
  argMin,
  crossEntropy,
  cumprod,
  cumsum,
  logSoftmax,
  max,
  mean,
  min,
  prod,
  softmax,
  softmaxGrad,
  sum,
  topK,
];
