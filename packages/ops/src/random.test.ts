import { describe, expect, it } from 'vitest';
import { normalQuantile, normalValues, permutation, randomKey, threefry2x32, truncatedNormalValues, uniformValues } from './random.js';

describe('random', () => {
  it('matches the known-answer vectors published with Random123 for Threefry-2×32-20', () => {
    expect(threefry2x32({ k0: 0, k1: 0 }, [0, 0])).toEqual([0x6b200159, 0x99ba4efe]);
    expect(threefry2x32({ k0: -1, k1: -1 }, [-1, -1])).toEqual([0x1cb996fc, 0xbb002be7]);
    expect(threefry2x32({ k0: 0x13198a2e, k1: 0x03707344 }, [0x243f6a88, 0x85a308d3])).toEqual([0xc4923a9c, 0x483df7a0]);
  });

  it('gives different streams to different seeds, paths and steps', () => {
    const keys = [
      randomKey(1),
      randomKey(2),
      randomKey(1, 'a'),
      randomKey(1, 'a', 'b'),
      randomKey(1, 'ab'),
      randomKey(1, 'a', 1),
      randomKey(1, 'a', 2),
      randomKey(2 ** 32 + 1),
    ];
    expect(new Set(keys.map(key => `${key.k0}/${key.k1}`)).size).toBe(keys.length);
  });

  it('draws element i from the key and i alone, so a longer draw begins with a shorter one', () => {
    const key = randomKey(7, 'dropout', 3);
    expect([...uniformValues(key, [100]).slice(0, 33)]).toEqual([...uniformValues(key, [33])]);
  });

  it('has the quantiles of the normal distribution to 1e-13', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 12);
  });

  it('has mean 0 and deviation 1 over 100,000 draws, to four standard errors, and stays within two deviations when truncated', () => {
    const values = normalValues(randomKey(3), [100_000]);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(1e5));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / 1e5));
    expect(Math.max(...truncatedNormalValues(randomKey(3), [10_000]).map(Math.abs))).toBeLessThanOrEqual(2);
  });

  it('permutes: every number once, and not in order', () => {
    const order = [...permutation(randomKey(1, 'epoch', 0), 1000)];
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(order.filter((value, i) => value === i).length).toBeLessThan(10);
  });
});
