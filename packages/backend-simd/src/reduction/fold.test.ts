import { describe, it } from 'vitest';
import { expectSameAsCpu, floats, sample, sampleIntegers } from '../kernel.testing.js';

const cases: readonly (readonly [shape: readonly number[], axis: number])[] = [
  [[1], 0],
  [[5], 0],
  [[10007], 0],
  [[32, 10], 0],
  [[32, 10], 1],
  [[3, 31, 33], 1],
  [[3, 31, 33], -1],
  [[3, 31, 33], 0],
];

describe('Prod', () => {
  it('is that of cpu to 1e-6, over any axes', () => {
    for (const [shape, axis] of cases) {
      const x = floats(
        sample(shape, 3).values.map(value => 1 + value / 100),
        shape,
      );
      expectSameAsCpu('Prod', { x }, { axis, keepDims: false }, 1e-6);
    }
    expectSameAsCpu('Prod', { x: sample([3, 4, 5]) }, { axis: [0, 2], keepDims: true }, 1e-6);
  });

  it('does not overflow on its way, is 1 of nothing, and leaves other types to cpu', () => {
    expectSameAsCpu('Prod', { x: floats([1e30, 1e30, 1e-30, 1e-30]) }, { axis: [0], keepDims: false }, 1e-6);
    expectSameAsCpu('Prod', { x: floats([], [2, 0]) }, { axis: [1], keepDims: false });
    expectSameAsCpu('Prod', { x: sampleIntegers([4], 9) }, { axis: [0], keepDims: false });
    expectSameAsCpu('Prod', { x: floats([NaN, 1, Infinity, 0, Infinity, 2], [3, 2]) }, { axis: [1], keepDims: false });
  });
});

describe('All and Any', () => {
  it('are those of cpu, over any axes', () => {
    for (const [shape, axis] of cases) {
      const x = sampleIntegers(shape, 2, 'bool');
      for (const kernel of ['All', 'Any']) expectSameAsCpu(kernel, { x }, { axis: [axis], keepDims: false });
    }
    expectSameAsCpu('All', { x: sampleIntegers([2, 3, 2], 2, 'bool') }, { axis: [0, 2], keepDims: true });
  });
});

describe('ArgMax and ArgMin', () => {
  it('are those of cpu, of floats and integers, with the first of equal ones', () => {
    for (const [shape, axis] of cases) {
      for (const x of [sample(shape, 9), sampleIntegers(shape, 12)]) {
        expectSameAsCpu('ArgMax', { x }, { axis });
        expectSameAsCpu('ArgMin', { x }, { axis });
      }
    }
  });

  it('pass over NaN, unless it is the first', () => {
    for (const kernel of ['ArgMax', 'ArgMin']) {
      for (const values of [
        [NaN, 1, 2],
        [1, NaN, 2],
        [1, 2, NaN, -Infinity],
        [Infinity, -Infinity, Infinity, -Infinity],
      ])
        expectSameAsCpu(kernel, { x: floats(values) }, { axis: 0 });
    }
  });
});
