import { describe, expect, it } from 'vitest';
import { dropoutMask, dropoutValues, grad, keyedDropout, memory, mul, randomKey, sum, type Tensor, tensor, tidy } from '../index.js';

const key = randomKey(3, 'dropout', 7);
const values = Float32Array.from({ length: 35 }, (_, i) => i - 17.5);

describe('keyedDropout', () => {
  it('multiplies by what the key draws for each element, and so does its gradient', () => {
    const drawn = dropoutValues(key, [5, 7], 0.4);
    tidy(() => {
      const x = tensor(values, [5, 7]);
      const weights = tensor(values.toReversed(), [5, 7]);
      expect([...keyedDropout(x, key, 0.4).dataSync()]).toEqual(Array.from(values, (value, i) => Math.fround(value * drawn[i]!)));
      const gradient = grad((t: Tensor) => sum(mul(keyedDropout(t, key, 0.4), weights)))(x);
      expect([...gradient.dataSync()]).toEqual(Array.from(values.toReversed(), (value, i) => Math.fround(value * drawn[i]!)));
      expect([...dropoutMask(key, [5, 7], 0.4).dataSync()]).toEqual([...drawn]);
    });
  });

  it('passes its input on at rate 0, and leaves no tensor behind', () => {
    const x = tensor(values);
    const before = memory().numTensors;
    expect(keyedDropout(x, key, 0)).toBe(x);
    keyedDropout(x, key, 0.5).dispose();
    expect(memory().numTensors).toBe(before);
    x.dispose();
  });
});
