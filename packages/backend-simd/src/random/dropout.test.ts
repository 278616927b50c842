import { dropoutValues, randomKey } from '@jogak/ops';
import { describe, it } from 'vitest';
import { expectResults, floats, sample, type Values } from '../kernel.testing.js';

const key = randomKey(5, 'dropout_1', 12);
/** Below, at, above and many times the words drawn at once and the length of a chunk. */
const lengths = [0, 1, 7, 8, 9, 31, 33, 8191, 8192, 8193, 30_001];
const attrs = (shape: readonly number[], rate: number, drawnBy = key): object => ({ ...drawnBy, rate, shape });

describe('JogakDropout', () => {
  it('draws what ops draw, bit for bit', () => {
    for (const length of lengths) {
      const mask: Values = { shape: [length], dtype: 'float32', values: dropoutValues(key, [length], 0.3) };
      expectResults('JogakDropout', {}, attrs([length], 0.3), [mask], 0);
    }
  });

  it.each([1e-12, 0.1, 0.5, 0.9, 1 - 1e-12])('multiplies by it, at rate %d', rate => {
    for (const drawnBy of [key, randomKey(2 ** 40 + 1), { k0: -1, k1: -(2 ** 31) }]) {
      const x = sample([9, 37], 3);
      const mask = dropoutValues(drawnBy, [9, 37], rate);
      const y: Values = { ...x, values: Float32Array.from(x.values, (value, i) => value * mask[i]!) };
      expectResults('JogakDropout', { x }, attrs([9, 37], rate, drawnBy), [y], 0);
    }
  });

  it('keeps NaN, and makes NaN of the infinities that it drops, as the product does', () => {
    const x = floats([NaN, NaN, Infinity, Infinity, -Infinity, -Infinity, Infinity, NaN]);
    const mask = dropoutValues(key, [8], 0.5);
    expectResults(
      'JogakDropout',
      { x },
      attrs([8], 0.5),
      [{ ...x, values: Float32Array.from(x.values, (value, i) => value * mask[i]!) }],
      0,
    );
  });
});
