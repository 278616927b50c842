import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type SimdKernel, simdKernel } from '../kernel.js';

/** Elements in a chunk; a multiple of 16, as the kernels go on to the next one. */
const CHUNK = 16384;

const kernelNames = { relu: 'reluGradF32', sigmoid: 'sigmoidGradF32' } as const;

/** `dy` and `y`, float32 of one shape, to `dy · f′`: the gradient of an activation f by its value y. `linear` passes dy on. */
export const activationGrad: SimdKernel = simdKernel<
  { dy: TensorInfo; y: TensorInfo },
  { activation: keyof typeof kernelNames | 'linear' }
>('JogakActivationGrad', ({ inputs: { dy, y }, attrs: { activation }, backend }) => {
  if (activation === 'linear') return backend.alias(dy, dy.shape);
  const dx = backend.output(dy.shape);
  const length = util.sizeFromShape(dy.shape);
  const chunks = Math.ceil(length / CHUNK);
  backend.run(kernelNames[activation], chunks, backend.pointer(dy), backend.pointer(y), backend.pointer(dx), length, CHUNK);
  return dx;
});
