import { describe, it } from 'vitest';
import { expectSameAsCpu, floats, sample, sampleIntegers } from '../kernel.testing.js';

/** Below, at, above and many times the bytes of a vector, and of a chunk. */
const lengths = [0, 1, 3, 4, 15, 16, 17, 33, 16_384, 16_385, 40_001];

describe('ops of bytes, against cpu', () => {
  it.each(['IsNan', 'IsInf', 'IsFinite'])('%s', kernelName => {
    expectSameAsCpu(kernelName, { x: floats([NaN, Infinity, -Infinity, 0, -0, 3e38, -3e38, 1e-45, NaN]) });
    for (const length of lengths) {
      const x = sample([length]);
      expectSameAsCpu(kernelName, {
        x: { ...x, values: x.values.map((value, i) => (i % 3 === 0 ? NaN : i % 7 === 0 ? Infinity : value)) },
      });
    }
  });

  it('LogicalNot', () => {
    for (const length of lengths) expectSameAsCpu('LogicalNot', { x: sampleIntegers([length], 2, 'bool') });
  });

  it.each(['LogicalAnd', 'LogicalOr'])('%s, of one shape and of others', kernelName => {
    for (const length of lengths) {
      expectSameAsCpu(kernelName, { a: sampleIntegers([length], 2, 'bool', 1), b: sampleIntegers([length], 2, 'bool', 2) });
    }
    expectSameAsCpu(kernelName, { a: sampleIntegers([5, 3], 2, 'bool', 1), b: sampleIntegers([3], 2, 'bool', 2) });
  });

  it('Select, of float32 and int32', () => {
    for (const length of lengths) {
      const condition = sampleIntegers([length], 2, 'bool', 3);
      expectSameAsCpu('Select', { condition, t: sample([length], 1), e: sample([length], 2) });
      expectSameAsCpu('Select', { condition, t: sampleIntegers([length], 99), e: sampleIntegers([length], 99, 'int32', 2) });
    }
    const condition = sampleIntegers([4], 2, 'bool', 3);
    expectSameAsCpu('Select', { condition, t: floats([NaN, Infinity, 1, 2]), e: floats([3, 4, NaN, -Infinity]) });
  });
});
