import { type DataType, type FillAttrs, type IdentityInputs, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { fill } from '../movement/fill.js';

/** A tensor of numbers, all `value`. Other types are left to cpu. */
function filled(backend: SimdBackend, shape: readonly number[], dtype: DataType, value: number): TensorInfo | undefined {
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') return undefined;
  const y = backend.output(shape, dtype);
  fill(backend, backend.pointer(y), util.sizeFromShape(shape as number[]), dtype, value);
  return y;
}

const like = (kernelName: string, value: number): SimdKernel =>
  simdKernel<IdentityInputs, object>(kernelName, ({ inputs: { x }, backend }) => filled(backend, x.shape, x.dtype, value));

export const fillKernels: readonly SimdKernel[] = [
  simdKernel<object, FillAttrs>('Fill', ({ attrs: { shape, value, dtype }, backend }) =>
    typeof value === 'number' ? filled(backend, shape, dtype || 'float32', value) : undefined,
  ),
  like('ZerosLike', 0),
  like('OnesLike', 1),
];
