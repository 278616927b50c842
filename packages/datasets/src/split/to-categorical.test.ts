import { hostArray } from '@jogak/ops';
import { describe, expect, it } from 'vitest';
import { golden } from '../formats/golden.testing.js';
import { toCategorical } from './to-categorical.js';

describe('toCategorical', () => {
  it('is Keras’ to_categorical', () => {
    const { data, shape, dtype } = toCategorical(hostArray(Uint8Array.of(0, 2, 1, 3), [2, 2]), 4);
    expect([shape, dtype]).toEqual([[2, 2, 4], 'float32']);
    expect([...(data as Float32Array)]).toEqual(golden.toCategorical.flat(2));
  });

  it('takes as many classes as there are', () => expect(toCategorical([1, 0])).toEqual(hostArray(Float32Array.of(0, 1, 1, 0), [2, 2])));

  it('names the label that is no class', () => {
    expect(() => toCategorical([0, 3], 3)).toThrow('toCategorical: label 1 is 3; there are classes 0 to 2');
    expect(() => toCategorical([-1, 0])).toThrow('toCategorical: label 0 is -1; there are classes 0 to 0');
    expect(() => toCategorical([0.5])).toThrow('toCategorical: label 0 is 0.5; there are classes 0 to 0');
  });
});
