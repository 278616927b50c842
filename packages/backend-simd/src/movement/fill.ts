import type { DataType } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';

/** Numbers in a chunk: assembly/movement/copy.ts has the same. */
const CHUNK = 65536;

/** Writes `value` `length` times. */
export function fill(backend: SimdBackend, to: number, length: number, dtype: DataType, value: number): void {
  if (length === 0) return;
  if (dtype === 'bool') backend.bytes(to, length).fill(value);
  else backend.run('fill32', Math.ceil(length / CHUNK), to, length, bitsOf(value, dtype));
}

const float = new Float32Array(1);
const integer = new Int32Array(float.buffer);

/** The 32 bits of a number of this type. */
export function bitsOf(value: number, dtype: DataType): number {
  if (dtype !== 'float32') return value | 0;
  float[0] = value;
  return integer[0]!;
}
