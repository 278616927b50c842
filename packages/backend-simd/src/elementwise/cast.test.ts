import { describe, it } from 'vitest';
import { expectSameAsCpu, type Values } from '../kernel.testing.js';

const numbers: Values[] = [
  { shape: [7], dtype: 'float32', values: Float32Array.of(-2.9, -0.5, 0, 0.5, 1, 2.9, 16777216) },
  // What has no whole part, what has no room in an int32, and what is a multiple of 2³².
  { shape: [9], dtype: 'float32', values: Float32Array.of(NaN, Infinity, -Infinity, 2147483648, -2147483904, 3e9, -3e9, 1e15, 1e20) },
  { shape: [2, 2], dtype: 'int32', values: Int32Array.of(-3, 0, 1, 16777216) },
  { shape: [3], dtype: 'bool', values: Uint8Array.of(1, 0, 1) },
  { shape: [0], dtype: 'int32', values: new Int32Array(0) },
  { shape: [16387], dtype: 'float32', values: Float32Array.from({ length: 16387 }, (_, index) => 1.37 * (index - 8000)) },
  { shape: [16387], dtype: 'int32', values: Int32Array.from({ length: 16387 }, (_, index) => 4096 * (index - 8000)) },
  { shape: [16387], dtype: 'bool', values: Uint8Array.from({ length: 16387 }, (_, index) => (index % 3 === 0 ? 1 : 0)) },
];

describe('Cast', () => {
  for (const x of numbers)
    for (const dtype of ['float32', 'int32', 'bool'])
      it(`of ${x.dtype} [${x.shape}] to ${dtype}: as on cpu, to the bit`, () => {
        expectSameAsCpu('Cast', { x }, { dtype });
      });
});
