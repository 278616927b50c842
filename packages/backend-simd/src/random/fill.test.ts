import {
  keyedNormal,
  keyedTruncatedNormal,
  keyedUniform,
  normalValues,
  randomKey,
  setBackend,
  truncatedNormalValues,
  uniformValues,
} from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { backends, expectResults, runKernel, type Values } from '../kernel.testing.js';

const keys = [randomKey(5, 'dense/kernel'), randomKey(2 ** 40 + 1), { k0: -1, k1: -(2 ** 31) }];
/** Below, at, above and many times the words drawn at once and the length of a chunk. */
const lengths = [0, 1, 3, 7, 8, 9, 31, 33, 4095, 4096, 4097, 30_001];

const floats = (values: Float32Array, shape: readonly number[] = [values.length]): Values => ({ shape, dtype: 'float32', values });
const least = 0.022750131948179212;

describe('JogakRandomFill', () => {
  it('draws the uniform numbers of ops, bit for bit', () => {
    for (const key of keys) {
      for (const length of lengths) {
        const attrs = { ...key, shape: [length], distribution: 'uniform', min: -0.3, scale: 0.7 / 16777216 };
        expectResults('JogakRandomFill', {}, attrs, [floats(uniformValues(key, [length], -0.3, 0.4))], 0);
      }
    }
  });

  it('draws the normally distributed numbers of ops, whole and cut at two deviations, bit for bit', () => {
    for (const key of keys) {
      for (const length of lengths) {
        const attrs = { ...key, shape: [length], distribution: 'normal', mean: 0.1, stddev: 3 };
        const whole = floats(normalValues(key, [length], 0.1, 3));
        const cut = floats(truncatedNormalValues(key, [length], 0.1, 3));
        expectResults('JogakRandomFill', {}, { ...attrs, least: 0, width: 1 }, [whole], 0);
        expectResults('JogakRandomFill', {}, { ...attrs, least, width: 1 - 2 * least }, [cut], 0);
      }
    }
  });

  it('draws the same bits a million times, far out too', () => {
    const key = randomKey(1, 'far');
    const attrs = { ...key, shape: [1_000_000], distribution: 'normal', mean: 0, stddev: 1, least: 0, width: 1 };
    const expected = normalValues(key, [1_000_000]);
    expect(expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeGreaterThan(4.5);
    for (const [name, backend] of backends) {
      const [{ values }] = runKernel(backend, 'simd', 'JogakRandomFill', {}, attrs) as [Values];
      expect(Buffer.from(values.buffer).equals(Buffer.from(expected.buffer)), name).toBe(true);
    }
  });
});

describe('keyedUniform, keyedNormal and keyedTruncatedNormal', () => {
  it('give the same bits on cpu and on simd', async () => {
    const draw = async (backend: string): Promise<number[][]> => {
      await setBackend(backend);
      const key = randomKey(3, 'both');
      const drawn = [
        keyedUniform(key, [5, 7]),
        keyedUniform(key, [2], -1, 1),
        keyedNormal(key, [33], 2, 0.5),
        keyedTruncatedNormal(key, [2, 3, 4]),
      ];
      return drawn.map(tensor => {
        const values = [...tensor.shape, ...tensor.dataSync()];
        tensor.dispose();
        return values;
      });
    };
    expect(await draw('simd')).toEqual(await draw('cpu'));
  });
});
