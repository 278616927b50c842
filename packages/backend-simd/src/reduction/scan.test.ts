import { describe, it } from 'vitest';
import { expectResults, expectSameAsCpu, floats, sample, sampleIntegers, type Values } from '../kernel.testing.js';

describe('Cumsum and Cumprod', () => {
  it('are those of cpu, along any axis, with each number or without, from either end', () => {
    for (const shape of [[1], [33], [5, 31], [3, 4, 5], [0, 3]]) {
      for (let axis = 0; axis < shape.length; axis++) {
        for (const [exclusive, reverse] of [
          [false, false],
          [true, false],
          [false, true],
          [true, true],
        ]) {
          const attrs = { axis, exclusive, reverse };
          expectSameAsCpu('Cumsum', { x: sample(shape) }, attrs);
          expectSameAsCpu('Cumsum', { x: sampleIntegers(shape, 1000) }, attrs);
          expectSameAsCpu('Cumprod', { x: sample(shape) }, attrs);
        }
      }
    }
  });

  it('carry NaN and infinities on', () => {
    const x = floats([1, NaN, 2, Infinity, -Infinity, 1], [2, 3]);
    for (const kernel of ['Cumsum', 'Cumprod']) expectSameAsCpu(kernel, { x }, { axis: 1, exclusive: false, reverse: false });
  });
});

describe('TopK', () => {
  it('is that of cpu, with the first of equal ones first', () => {
    for (const [shape, k] of [
      [[1], 1],
      [[10], 3],
      [[32, 10], 10],
      [[5, 33], 5],
      [[2, 3, 5001], 7],
    ] as const) {
      for (const x of [sample(shape, 3), sampleIntegers(shape, 5)]) expectSameAsCpu('TopK', { x }, { k, sorted: true });
    }
    expectSameAsCpu('TopK', { x: sample([2, 200]) }, { k: 100, sorted: true });
  });

  it('knows infinities, whose difference cpu takes for their order', () => {
    const indices: Values = { shape: [3], dtype: 'int32', values: Int32Array.of(1, 3, 2) };
    const expected = [floats([Infinity, Infinity, 0]), indices];
    expectResults('TopK', { x: floats([-Infinity, Infinity, 0, Infinity]) }, { k: 3, sorted: true }, expected, 0);
  });
});
