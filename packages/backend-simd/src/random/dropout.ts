import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type SimdKernel, simdKernel } from '../kernel.js';

/** Elements in a chunk, a multiple of 16: some ten microseconds. */
const CHUNK = 8192;

/** `x`, or ones of `shape`, with a random part set to zero and the rest scaled: the kernel `JogakDropout` of @jogak/ops, which tells what is drawn. */
export const dropout: SimdKernel = simdKernel<
  { x: TensorInfo | undefined },
  { k0: number; k1: number; rate: number; shape: readonly number[] }
>('JogakDropout', ({ inputs, attrs: { k0, k1, rate, shape }, backend }) => {
  const x = inputs.x as TensorInfo | undefined;
  const y = backend.output(shape);
  const length = util.sizeFromShape(shape as number[]);
  // A whole word is at least rate · 2³² where it is above the number before the next whole one.
  const threshold = (Math.ceil(rate * 2 ** 32) - 1) | 0;
  const source = x ? backend.pointer(x) : 0;
  const chunks = Math.ceil(length / CHUNK);
  backend.run('dropoutF32', chunks, source, backend.pointer(y), length, CHUNK, k0 | 0, k1 | 0, threshold, 1 / (1 - rate));
  return y;
});
