import { normalValues, randomKey, uniformValues } from '@jogak/ops';

/** Whole numbers from 0 to below `limit`, evenly; the same ones for a name every time. */
export function randomIntegers(name: string, count: number, limit: number): Int32Array {
  const values = uniformValues(randomKey(1, name), [count]);
  return Int32Array.from(values, value => Math.min(limit - 1, Math.floor(value * limit)));
}

/** Normally distributed numbers; the same ones for a name every time. */
export const randomNormals = (name: string, count: number): Float32Array => normalValues(randomKey(1, name), [count]);

/** Numbers from 0 to 1; the same ones for a name every time. */
export const randomUniforms = (name: string, count: number): Float32Array => uniformValues(randomKey(1, name), [count]);
