import {
  type _FusedMatMulAttrs,
  type _FusedMatMulInputs,
  getKernel,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { multiplyMatrices } from './batch-mat-mul.js';
import { isGemmActivation } from './gemm.js';

/** The kernel of each activation. */
const KERNELS: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  leakyrelu: 'LeakyRelu',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  prelu: 'Prelu',
};

/**
 * activation(a · b + bias), float32: `BatchMatMul`, its sums begun at the bias. A bias that is more than one row, and the activations
 * elu, sigmoid and prelu, take passes of their own.
 */
export const fusedMatMul: SimdKernel = simdKernel<_FusedMatMulInputs, _FusedMatMulAttrs>(
  '_FusedMatMul',
  ({ inputs: { a, b, bias, preluActivationWeights: alpha }, attrs, backend }) => {
    const { transposeA, transposeB, leakyreluAlpha = 0 } = attrs;
    const activation = attrs.activation ?? 'linear';
    if (activation !== 'linear' && !(activation in KERNELS)) return undefined;
    const isRow = bias != null && isOneRow(bias, b.shape[b.shape.length - (transposeB ? 2 : 1)]!) && bias.shape.length <= a.shape.length;
    const fused = (bias == null || isRow) && isGemmActivation(activation) ? activation : undefined;
    const product = multiplyMatrices(backend, a, b, transposeA, transposeB, {
      bias: isRow ? backend.pointer(bias) : 0,
      activation: fused ?? 'linear',
      slope: leakyreluAlpha,
    });
    if (!product || fused) return product;
    const sum = bias == null || isRow ? product : runAfter(backend, 'Add', product, { a: product, b: bias }, {});
    if (activation === 'linear') return sum;
    return runAfter(backend, KERNELS[activation]!, sum, { x: sum, ...(alpha && { alpha }) }, { alpha: leakyreluAlpha });
  },
);

const isOneRow = ({ shape, dtype }: TensorInfo, columns: number): boolean =>
  dtype === 'float32' && shape.at(-1) === columns && shape.every((length, axis) => length === 1 || axis === shape.length - 1);

/** Runs a kernel on what is then not needed any more. */
function runAfter(backend: SimdBackend, kernelName: string, used: TensorInfo, inputs: NamedTensorInfoMap, attrs: NamedAttrMap): TensorInfo {
  const result = getKernel(kernelName, 'simd').kernelFunc({ inputs, attrs, backend }) as TensorInfo;
  backend.disposeIntermediateTensorInfo(used);
  return result;
}
