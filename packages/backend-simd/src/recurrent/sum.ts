import type { SimdBackend } from '../backend.js';

/** Elements in a chunk: assembly/recurrent/reduce.ts has the same. */
const CHUNK = 8192;

/** Writes the sum of `count` rows of `length` numbers, `stride` numbers apart, added in their order. */
export function sumRows(backend: SimdBackend, from: number, count: number, length: number, to: number, stride: number): void {
  backend.run('recurrentSumF32', Math.ceil(length / CHUNK), from, count, length, to, stride);
}
