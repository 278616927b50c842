import type { _FusedMatMulAttrs, _FusedMatMulInputs } from '@tensorflow/tfjs-core';
import { finish, isActivation, isOneRow } from '../epilogue.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { isGemmActivation } from './activation.js';
import { multiplyMatrices } from './batch-mat-mul.js';

/**
 * activation(a · b + bias), float32: `BatchMatMul`, its sums begun at the bias. A bias that is more than one row, and the activations
 * elu, sigmoid and prelu, take passes of their own.
 */
export const fusedMatMul: SimdKernel = simdKernel<_FusedMatMulInputs, _FusedMatMulAttrs>(
  '_FusedMatMul',
  ({ inputs: { a, b, bias, preluActivationWeights: alpha }, attrs, backend }) => {
    const { transposeA, transposeB, leakyreluAlpha = 0 } = attrs;
    const activation = attrs.activation ?? 'linear';
    if (!isActivation(activation)) return undefined;
    const isRow = bias != null && isOneRow(bias, b.shape[b.shape.length - (transposeB ? 2 : 1)]!) && bias.shape.length <= a.shape.length;
    const fused = (bias == null || isRow) && isGemmActivation(activation) ? activation : undefined;
    const product = multiplyMatrices(backend, a, b, transposeA, transposeB, {
      bias: isRow ? backend.pointer(bias) : 0,
      activation: fused ?? 'linear',
      slope: leakyreluAlpha,
    });
    if (!product || fused) return product;
    return finish(backend, product, { bias: isRow ? undefined : bias, activation, alpha, slope: leakyreluAlpha });
  },
);
