import { describe, it } from 'vitest';
import { expectSameAsCpu, floats, sample } from '../kernel.testing.js';

describe('Add', () => {
  it('gives the same bits as on cpu, below, at, above and many times the length of a vector and of a chunk', () => {
    for (const length of [0, 1, 3, 4, 5, 31, 33, 16383, 16384, 16385, 70001]) {
      expectSameAsCpu('Add', { a: sample([length], 1), b: sample([length], 2) });
    }
  });

  it('keeps NaN and infinities', () => {
    expectSameAsCpu('Add', { a: floats([NaN, Infinity, -Infinity, Infinity, 1]), b: floats([1, 1, 1, -Infinity, NaN]) });
  });
});
