import { type ReluInputs, util } from '@tensorflow/tfjs-core';
import type { KernelName } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';

/** Elements in a chunk; a multiple of 16, as the kernels go on to the next one. Some five microseconds of an op that costs as much as exp. */
const CHUNK = 8192;

/** An op of one float32 tensor, element by element, by a kernel of assembly/elementwise/unary.ts. */
const unary = (kernelName: string, kernel: KernelName): SimdKernel =>
  simdKernel<ReluInputs, object>(kernelName, ({ inputs: { x }, backend }) => {
    if (x.dtype !== 'float32') return undefined;
    const y = backend.output(x.shape);
    const length = util.sizeFromShape(x.shape);
    backend.run(kernel, Math.ceil(length / CHUNK), backend.pointer(x), backend.pointer(y), length, CHUNK);
    return y;
  });

export const unaryKernels: readonly SimdKernel[] = [
  unary('Exp', 'expF32'),
  unary('Expm1', 'expm1F32'),
  unary('Sigmoid', 'sigmoidF32'),
  unary('Tanh', 'tanhF32'),
];
