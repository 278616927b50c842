import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type SimdKernel, simdKernel } from '../kernel.js';

/** Elements in a chunk, a multiple of 16: ten microseconds of uniform numbers, and more of normally distributed ones. */
const CHUNK = 4096;

interface Key {
  k0: number;
  k1: number;
  shape: readonly number[];
}

type Distribution =
  | { distribution: 'uniform'; min: number; scale: number }
  | { distribution: 'normal'; mean: number; stddev: number; least: number; width: number };

/** Random numbers of `shape`, float32: the kernel `JogakRandomFill` of @jogak/ops, which tells what is drawn. */
export const randomFill: SimdKernel = simdKernel<Record<string, TensorInfo>, Key & Distribution>(
  'JogakRandomFill',
  ({ attrs, backend }) => {
    const y = backend.output(attrs.shape);
    const length = util.sizeFromShape(attrs.shape as number[]);
    const drawn = [backend.pointer(y), length, CHUNK, attrs.k0 | 0, attrs.k1 | 0];
    const chunks = Math.ceil(length / CHUNK);
    if (attrs.distribution === 'uniform') backend.run('uniformF32', chunks, ...drawn, attrs.min, attrs.scale);
    else backend.run('normalF32', chunks, ...drawn, attrs.mean, attrs.stddev, attrs.least, attrs.width);
    return y;
  },
);
