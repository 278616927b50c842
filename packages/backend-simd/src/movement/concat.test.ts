import { describe, it } from 'vitest';
import { expectSameAsCpu, sample, sampleIntegers, type Values } from '../kernel.testing.js';

/** A list, as these ops take it. */
const listed = (...list: readonly Values[]): Record<string, Values> => Object.fromEntries(list.entries());

describe('Concat', () => {
  it('is that of cpu, along any axis, of parts of any size', () => {
    for (const axis of [0, 1, 2, -1]) {
      const part = (size: number): Values => sample([3, 5, 7].with(axis, size), size + 1);
      expectSameAsCpu('Concat', listed(part(1), part(4), part(33)), { axis });
      expectSameAsCpu('Concat', listed(part(2), part(0), part(5)), { axis });
      expectSameAsCpu('Concat', listed(part(6)), { axis });
    }
    expectSameAsCpu('Concat', listed(sample([70001], 1), sample([3], 2)), { axis: 0 });
  });

  it('takes integers and truth values', () => {
    expectSameAsCpu('Concat', listed(sampleIntegers([3, 2], 9), sampleIntegers([3, 5], 9)), { axis: 1 });
    expectSameAsCpu('Concat', listed(sampleIntegers([3, 2], 2, 'bool'), sampleIntegers([3, 5], 2, 'bool')), { axis: 1 });
  });
});

describe('Pack', () => {
  it('is that of cpu, along any axis', () => {
    for (const axis of [0, 1, 2]) expectSameAsCpu('Pack', listed(sample([3, 5], 1), sample([3, 5], 2), sample([3, 5], 3)), { axis });
    expectSameAsCpu('Pack', listed(sample([], 1), sample([], 2)), { axis: 0 });
    expectSameAsCpu('Pack', listed(sampleIntegers([2], 5)), { axis: 1 });
  });
});
