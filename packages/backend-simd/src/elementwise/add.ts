import { type AddInputs, util } from '@tensorflow/tfjs-core';
import { type SimdKernel, simdKernel } from '../kernel.js';

/** Elements in a chunk: assembly/elementwise/add.ts has the same. */
const CHUNK = 16384;

/** a + b of equal shapes, float32. */
export const add: SimdKernel = simdKernel<AddInputs, object>('Add', ({ inputs: { a, b }, backend }) => {
  if (a.dtype !== 'float32' || b.dtype !== 'float32' || !util.arraysEqual(a.shape, b.shape)) return undefined;
  const length = util.sizeFromShape(a.shape);
  const sum = backend.output(a.shape);
  backend.run('addF32', Math.ceil(length / CHUNK), backend.pointer(a), backend.pointer(b), backend.pointer(sum), length);
  return sum;
});
