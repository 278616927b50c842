import { type SimdKernel, simdKernel } from '../kernel.js';

/** Numbers in a chunk: assembly/movement/scale-bytes.ts has the same. */
const CHUNK = 8192;

/** Floats of bytes that lie outside, each times a factor: what `@jogak/ops` makes batches of pixels with. */
export const scaleBytes: SimdKernel = simdKernel<object, { bytes: Uint8Array; factor: number; shape: readonly number[] }>(
  'JogakScaleBytes',
  ({ attrs: { bytes, factor, shape }, backend }) => {
    const out = backend.output(shape);
    const { length } = bytes;
    if (length === 0) return out;
    const copy = backend.scratchOf(bytes);
    backend.run('scaleBytesF32', Math.ceil(length / CHUNK), copy, backend.pointer(out), length, factor);
    backend.releaseScratch(copy);
    return out;
  },
);
