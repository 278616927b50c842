import type { MaxAttrs, MaxInputs, MeanAttrs, MinAttrs, MinInputs, SumAttrs, SumInputs, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelName, SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { type Axes, axisBits, cutPass, reduceAxes, reducesNothing } from './reduce.js';

/** Sum over axes, float32 or int32; of nothing, 0. */
export const sum: SimdKernel = simdKernel<SumInputs, SumAttrs>('Sum', ({ inputs: { x }, attrs, backend }) => {
  if (x.dtype !== 'float32' && x.dtype !== 'int32') return undefined;
  const bits = axisBits(attrs.axis, x.shape.length);
  return reduceAxes(backend, x, bits, attrs.keepDims, x.dtype, 4, cutPass(backend, x.dtype === 'float32' ? 'sumF32' : 'sumI32'));
});

/** Mean over axes, float32; of nothing, 0. */
export const mean: SimdKernel = simdKernel<SumInputs, MeanAttrs>('Mean', ({ inputs: { x }, attrs, backend }) => {
  if (x.dtype !== 'float32') return undefined;
  const bits = axisBits(attrs.axis, x.shape.length);
  let count = 1;
  for (let axis = 0; axis < x.shape.length; axis++) if ((bits & (1 << axis)) !== 0) count *= x.shape[axis]!;
  return reduceAxes(backend, x, bits, attrs.keepDims, 'float32', 4, cutPass(backend, 'sumF32', Math.max(1, count)));
});

/** Largest over axes, float32 or int32; NaN where there is one. */
export const max: SimdKernel = simdKernel<MaxInputs, MaxAttrs>('Max', ({ inputs: { x }, attrs, backend }) =>
  extreme(backend, x, attrs.reductionIndices, attrs.keepDims, x.dtype === 'float32' ? 'maxF32' : 'maxI32'),
);

/** Smallest over axes, float32 or int32; NaN where there is one. */
export const min: SimdKernel = simdKernel<MinInputs, MinAttrs>('Min', ({ inputs: { x }, attrs, backend }) =>
  extreme(backend, x, attrs.axis, attrs.keepDims, x.dtype === 'float32' ? 'minF32' : 'minI32'),
);

function extreme(backend: SimdBackend, x: TensorInfo, axes: Axes, keepDims: boolean, kernel: KernelName): TensorInfo | undefined {
  const bits = axisBits(axes, x.shape.length);
  if ((x.dtype !== 'float32' && x.dtype !== 'int32') || reducesNothing(x.shape, bits)) return undefined;
  return reduceAxes(backend, x, bits, keepDims, x.dtype, 4, cutPass(backend, kernel));
}
