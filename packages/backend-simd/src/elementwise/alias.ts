import type { IdentityInputs, ReshapeAttrs, ReshapeInputs } from '@tensorflow/tfjs-core';
import { type SimdKernel, simdKernel } from '../kernel.js';

/** The same numbers under another shape, for which nothing is copied. What cpu would refuse, or infer, is left to it. */
const reshape: SimdKernel = simdKernel<ReshapeInputs, ReshapeAttrs>('Reshape', ({ inputs: { x }, attrs: { shape }, backend }) => {
  if (x.dtype === 'complex64') return undefined;
  let size = 1;
  for (const length of shape) {
    if (length < 0) return undefined;
    size *= length;
  }
  for (const length of x.shape) size /= length;
  return size === 1 ? backend.alias(x, shape) : undefined;
});

const identity: SimdKernel = simdKernel<IdentityInputs, object>('Identity', ({ inputs: { x }, backend }) => backend.alias(x, x.shape));

export const aliasKernels: readonly SimdKernel[] = [identity, reshape];
