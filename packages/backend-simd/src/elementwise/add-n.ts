import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { sameShape } from './broadcast.js';

/** Elements in a chunk; a multiple of 16, as the kernel's loop goes over the end. */
const CHUNK = 4096;
/** As many tensors as the kernel has arguments for. */
const MOST = 60;

/** The sum of up to 60 tensors, float32 of one shape. */
export const addN: SimdKernel = simdKernel<TensorInfo[], object>('AddN', ({ inputs, backend }) => {
  const tensors = Object.values(inputs) as TensorInfo[];
  const { shape } = tensors[0]!;
  if (tensors.length > MOST || tensors.some(x => x.dtype !== 'float32' || !sameShape(x.shape, shape))) return undefined;
  const y = backend.output(shape);
  const length = util.sizeFromShape(shape);
  const addresses = tensors.map(x => backend.pointer(x));
  backend.run('addNF32', Math.ceil(length / CHUNK), backend.pointer(y), length, CHUNK, tensors.length, ...addresses);
  return y;
});
