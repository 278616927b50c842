import { describe, expect, it } from 'vitest';
import { expectSameAsCpu, floats, sample, sampleIntegers } from '../kernel.testing.js';

/** Below, at, above and many times the length of a vector and of an unrolled loop. */
const lengths = [0, 1, 3, 4, 5, 15, 16, 17, 31, 33, 500];
const special = floats([NaN, Infinity, -Infinity, 0, -0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 6, 7, 1e-40, -1e-40, 3e38]);

describe('unary ops, against cpu', () => {
  // Of what is only picked, scaled by a power of 2 or rounded correctly, all bits.
  it.each([
    ['Abs', {}],
    ['Neg', {}],
    ['Square', {}],
    ['Relu', {}],
    ['Relu6', {}],
    ['LeakyRelu', { alpha: 0.25 }],
    ['Step', { alpha: 0 }],
    ['Step', { alpha: 0.5 }],
    ['ClipByValue', { clipValueMin: -0.5, clipValueMax: 0.75 }],
    ['Sqrt', {}],
    ['Reciprocal', {}],
    ['Floor', {}],
    ['Ceil', {}],
    ['Round', {}],
    ['Sign', {}],
  ])('%s %o', (kernelName, attrs) => {
    for (const length of lengths) {
      const x = sample([length]);
      expectSameAsCpu(kernelName, { x: { ...x, values: x.values.map(value => 4 * value) } }, attrs);
    }
    expectSameAsCpu(kernelName, { x: special }, attrs);
  });

  // Small ones: cpu takes Abs and Square of int32 through float32.
  it.each(['Abs', 'Neg', 'Square'])('%s of int32', kernelName => {
    for (const length of [0, 1, 17]) expectSameAsCpu(kernelName, { x: sampleIntegers([length], 2 ** 12) });
    expectSameAsCpu(kernelName, { x: { shape: [3], dtype: 'int32', values: Int32Array.of(-(2 ** 24), 2 ** 16, -7) } });
  });

  // Rounded twice in float32, and once in the float64 of cpu.
  it.each([
    ['Rsqrt', {}, 2e-7],
    ['LeakyRelu', { alpha: 0.2 }, 2e-7],
    ['Elu', {}, 2e-7],
    ['Selu', {}, 4e-7],
  ])('%s %o to %d of its value', (kernelName, attrs, tolerance) => {
    for (const length of lengths) expectSameAsCpu(kernelName, { x: sample([length]) }, attrs, tolerance);
    expectSameAsCpu(kernelName, { x: special }, attrs, tolerance);
  });

  it('Relu and Exp below, at, above and many times the length of a chunk', () => {
    for (const length of [8191, 8192, 8193, 30_001]) {
      expectSameAsCpu('Relu', { x: sample([length]) });
      expectSameAsCpu('Exp', { x: sample([length]) }, {}, 2e-7);
    }
  });

  it('leaves other types to cpu', () => {
    const [relu] = expectSameAsCpu('Relu', { x: { shape: [2], dtype: 'int32', values: Int32Array.of(-3, 3) } });
    expect([...relu!.values]).toEqual([0, 3]);
  });
});
