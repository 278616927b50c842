import { type backend_util, getKernel, type NamedAttrMap, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from './backend.js';

/** What a fused op does with its sums. */
export interface Epilogue {
  /** Added, broadcast. */
  readonly bias: TensorInfo | undefined;
  readonly activation: backend_util.Activation;
  /** Weights of prelu. */
  readonly alpha: TensorInfo | undefined;
  /** Of leakyrelu. */
  readonly slope: number | undefined;
}

/** The kernel of each activation. */
const KERNELS: Readonly<Record<string, string>> = {
  relu: 'Relu',
  relu6: 'Relu6',
  leakyrelu: 'LeakyRelu',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  prelu: 'Prelu',
};

export const isActivation = (name: string): boolean => name === 'linear' || name in KERNELS;

/** Whether `bias` is one number for each column (or channel) of the last axis. */
export const isOneRow = ({ shape, dtype }: TensorInfo, columns: number): boolean =>
  dtype === 'float32' && shape.at(-1) === columns && shape.every((length, axis) => length === 1 || axis === shape.length - 1);

/** Adds and activates by the kernels of these ops what no kernel has done in its own pass. `sums` is used up. */
export function finish(backend: SimdBackend, sums: TensorInfo, { bias, activation, alpha, slope }: Epilogue): TensorInfo {
  const sum = bias ? runAfter(backend, 'Add', sums, { a: sums, b: bias }, {}) : sums;
  if (activation === 'linear') return sum;
  return runAfter(backend, KERNELS[activation]!, sum, { x: sum, ...(alpha && { alpha }) }, { alpha: slope ?? 0 });
}

/** Runs a kernel on what is then not needed any more. */
function runAfter(backend: SimdBackend, kernelName: string, used: TensorInfo, inputs: NamedTensorInfoMap, attrs: NamedAttrMap): TensorInfo {
  const result = getKernel(kernelName, 'simd').kernelFunc({ inputs, attrs, backend }) as TensorInfo;
  backend.disposeIntermediateTensorInfo(used);
  return result;
}
