import { getKernel, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';

/** a · b, or aᵀ · b, + bias, of matrices `[1, …, …]`, by the backend's own product. The caller owns the result. */
export function multiply(backend: SimdBackend, a: TensorInfo, b: TensorInfo, bias?: TensorInfo, transposeA = false): TensorInfo {
  const inputs: NamedTensorInfoMap = { a, b };
  if (bias) inputs.bias = bias;
  const attrs = { transposeA, transposeB: false, activation: 'linear', leakyreluAlpha: 0 };
  return getKernel(bias ? '_FusedMatMul' : 'BatchMatMul', 'simd').kernelFunc({ inputs, attrs, backend }) as TensorInfo;
}
