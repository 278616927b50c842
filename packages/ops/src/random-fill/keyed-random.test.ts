import { describe, expect, it } from 'vitest';
import {
  keyedNormal,
  keyedTruncatedNormal,
  keyedUniform,
  memory,
  normalValues,
  randomKey,
  type Tensor,
  truncatedNormalValues,
  uniformValues,
} from '../index.js';

const key = randomKey(3, 'dense', 'kernel');

describe('tensors of random numbers', () => {
  it.each<[string, () => Tensor, Float32Array]>([
    ['keyedUniform', () => keyedUniform(key, [5, 7]), uniformValues(key, [5, 7])],
    ['keyedUniform between bounds', () => keyedUniform(key, [5, 7], -2, 3), uniformValues(key, [5, 7], -2, 3)],
    ['keyedNormal', () => keyedNormal(key, [5, 7]), normalValues(key, [5, 7])],
    ['keyedNormal elsewhere', () => keyedNormal(key, [5, 7], -1, 0.1), normalValues(key, [5, 7], -1, 0.1)],
    ['keyedTruncatedNormal', () => keyedTruncatedNormal(key, [5, 7], 4, 2), truncatedNormalValues(key, [5, 7], 4, 2)],
  ])('%s: the numbers that the key gives, and one tensor', (_, draw, expected) => {
    const before = memory().numTensors;
    const tensor = draw();
    expect(tensor.shape).toEqual([5, 7]);
    expect(tensor.dtype).toBe('float32');
    expect(tensor.dataSync()).toEqual(expected);
    tensor.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
