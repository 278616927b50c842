import { describe, it } from 'vitest';
import { expectSameAsCpu, floats, sample, sampleIntegers, type Values } from '../kernel.testing.js';

const cases: readonly (readonly [shape: readonly number[], axis: number])[] = [
  [[1], 0],
  [[5], 0],
  [[10007], 0],
  [[32, 10], 0],
  [[32, 10], 1],
  [[3, 31, 33], 1],
  [[3, 31, 33], -1],
  [[3, 31, 33], 0],
  [[9, 3], 1],
  [[9, 4], 1],
  [[9, 7], 1],
  [[40, 16], 1],
  [[5, 1001], 1],
  [[6, 5], 0],
  [[300, 70], 1],
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

  it('see the only one that is otherwise, wherever it stands in a row', () => {
    for (const columns of [1, 7, 8, 9, 15, 16, 17, 24, 40]) {
      for (const [kernel, usual] of [
        ['All', 1],
        ['Any', 0],
      ] as const) {
        const values = new Uint8Array((columns + 1) * columns).fill(usual);
        for (let row = 0; row < columns; row++) values[row * columns + row] = 1 - usual;
        expectSameAsCpu(kernel, { x: { shape: [columns + 1, columns], dtype: 'bool', values } }, { axis: [1], keepDims: false });
      }
    }
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

  it('find the first of equal ones, and the ends of int32, in rows and in columns', () => {
    const { MIN, MAX } = { MIN: -2147483648, MAX: 2147483647 };
    for (const values of [
      [MIN, MIN, MIN, MIN, MIN],
      [MAX, 1, MIN, MAX, MIN],
      [0, MIN, MAX, MAX, MIN],
      [1, 2, 3, 4, MIN],
    ]) {
      const row: Values = { shape: [1, 5], dtype: 'int32', values: Int32Array.from(values) };
      const columns: Values = {
        shape: [5, 5],
        dtype: 'int32',
        values: Int32Array.from(values.flatMap(value => new Array<number>(5).fill(value))),
      };
      for (const kernel of ['ArgMax', 'ArgMin']) {
        expectSameAsCpu(kernel, { x: row }, { axis: 1 });
        expectSameAsCpu(kernel, { x: columns }, { axis: 0 });
      }
    }
  });

  it('pass over NaN in rows and columns of many, too', () => {
    const rows = [
      [NaN, 1, 2, 3, 4, 5],
      [1, NaN, 0, NaN, 7, 7],
      [-Infinity, NaN, NaN, NaN, NaN, NaN],
      [Infinity, NaN, Infinity, NaN, NaN, NaN],
      [0, -0, NaN, 0, -0, 0],
    ];
    const x = floats(rows.flat(), [5, 6]);
    for (const kernel of ['ArgMax', 'ArgMin']) for (const axis of [0, 1]) expectSameAsCpu(kernel, { x }, { axis });
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
