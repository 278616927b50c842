import { describe, it } from 'vitest';
import { backends, expectResults, expectSameAsCpu, floats, runKernel, sample, sampleIntegers, type Values } from '../kernel.testing.js';

/** Below, at and above vectors, spans, chunks; many rows of few columns, as of a bias' gradient; all places of the axis. */
const cases: readonly (readonly [shape: readonly number[], axes: readonly number[]])[] = [
  [[1], [0]],
  [[3], [0]],
  [[5], [0]],
  [[33], [0]],
  [[1023], [0]],
  [[1029], [0]],
  [[70001], [0]],
  [[32, 10], [0]],
  [[32, 10], [1]],
  [
    [32, 10],
    [0, 1],
  ],
  [[6272, 10], [0]],
  [
    [4, 31, 33, 10],
    [0, 1, 2],
  ],
  [[37, 1], [0]],
  [[31, 3], [0]],
  [[1031, 15], [0]],
  [[50, 16], [0]],
  [[7, 31], [0]],
  [[33, 1960], [0]],
  [[3, 5, 7], [1]],
  [[3, 31, 33], [1]],
  [
    [3, 5, 7],
    [0, 2],
  ],
  [
    [2, 3, 4, 5, 3, 2],
    [0, 2, 4],
  ],
  [
    [2, 3, 1, 5, 3, 1],
    [1, 3, 5],
  ],
  [
    [2, 3, 1, 5],
    [1, 3],
  ],
  [[2, 3], []],
  [[9, 9000], [1]],
  [[2, 20000], [1]],
];

describe('Sum and Mean', () => {
  it('are those of float64 within 2e-6 of the sum of absolute values, over any axes', () => {
    for (const [shape, axes] of cases) {
      // All positive, so that the sum of absolute values is the sum.
      const x = floats(
        sample(shape, 3).values.map(value => value + 1),
        shape,
      );
      for (const kernel of ['Sum', 'Mean']) expectSameAsCpu(kernel, { x }, { axis: axes, keepDims: false }, 2e-6);
    }
  });

  it('keep reduced axes of size 1 where they shall, and take all axes when none are named', () => {
    const x = sample([3, 4, 5]);
    expectSameAsCpu('Sum', { x }, { axis: [0, -1], keepDims: true }, 2e-6);
    expectSameAsCpu('Mean', { x }, { axis: [1], keepDims: true }, 2e-6);
    expectSameAsCpu('Sum', { x }, { axis: null, keepDims: false }, 2e-6);
  });

  it('of a million numbers around 1 are off by less than one part in a million', () => {
    const x = floats(
      sample([1000000], 5).values.map(value => value + 1),
      [1000000],
    );
    expectSameAsCpu('Sum', { x }, { axis: [0], keepDims: false }, 1e-6);
    expectSameAsCpu('Sum', { x: { ...x, shape: [100000, 10] } }, { axis: [0], keepDims: false }, 1e-6);
    expectSameAsCpu('Sum', { x: { ...x, shape: [10000, 100] } }, { axis: [0], keepDims: false }, 1e-6);
  });

  it('keep NaN and infinities where they are', () => {
    const x = floats([1, NaN, 2, Infinity, 1, 2, Infinity, -Infinity, 1, -Infinity, 3, 4], [4, 3]);
    for (const axis of [0, 1]) for (const kernel of ['Sum', 'Mean']) expectSameAsCpu(kernel, { x }, { axis: [axis], keepDims: false });
  });

  it('of nothing are 0, and nothing where there is no output', () => {
    for (const kernel of ['Sum', 'Mean']) {
      for (const axis of [0, 1]) expectSameAsCpu(kernel, { x: floats([], [3, 0]) }, { axis: [axis], keepDims: false });
    }
  });

  it('add integers exactly, modulo 2³²; truth values count as 0 and 1', () => {
    for (const [shape, axes] of cases) expectSameAsCpu('Sum', { x: sampleIntegers(shape, 1000, 'int32') }, { axis: axes, keepDims: false });
    const large: Values = { shape: [2], dtype: 'int32', values: Int32Array.of(2147483647, 2) };
    expectSameAsCpu('Sum', { x: large }, { axis: [0], keepDims: false });
    expectSameAsCpu('Sum', { x: sampleIntegers([7, 9], 2, 'bool') }, { axis: [0], keepDims: false });
  });
});

describe('Max and Min', () => {
  it('are those of cpu, over any axes', () => {
    for (const [shape, axes] of cases) {
      for (const x of [sample(shape, 7), sampleIntegers(shape, 100000)]) {
        expectSameAsCpu('Max', { x }, { reductionIndices: axes, keepDims: false });
        expectSameAsCpu('Min', { x }, { axis: axes, keepDims: true });
      }
    }
  });

  it('are NaN where a NaN is, wherever it stands, and know infinities', () => {
    for (const at of [0, 1, 6, 70]) {
      const values = sample([71], 2).values;
      values[at] = NaN;
      expectResults('Max', { x: floats(values) }, { reductionIndices: [0], keepDims: false }, [floats([NaN], [])], 0);
      expectResults('Min', { x: floats(values) }, { axis: [0], keepDims: false }, [floats([NaN], [])], 0);
    }
    const x = floats([-Infinity, -Infinity, Infinity, 1], [2, 2]);
    expectSameAsCpu('Max', { x }, { reductionIndices: [1], keepDims: false });
    expectSameAsCpu('Min', { x }, { axis: [1], keepDims: false });
  });
});

describe('the sum of a row', () => {
  it('and its mean are the same bits alone and among others', () => {
    for (let columns = 1; columns <= 70; columns++) {
      const x = sample([7, columns], columns);
      for (const kernel of ['Sum', 'Mean']) {
        const rows = Array.from({ length: 7 }, (_, row) => floats(x.values.slice(row * columns, (row + 1) * columns), [1, columns]));
        const alone = rows.map(
          row => runKernel(backends[0]![1], 'simd', kernel, { x: row }, { axis: [1], keepDims: false })[0]!.values[0]!,
        );
        expectResults(kernel, { x }, { axis: [1], keepDims: false }, [floats(alone)], 0);
      }
    }
  });

  it('that is short has NaN and infinities of its own alone', () => {
    const x = floats([1, 2, 3, 4, 5, NaN, 1, 1, 1, 1, Infinity, 2, 3, 4, 5, Infinity, 1, -Infinity, 1, 1], [4, 5]);
    expectResults('Sum', { x }, { axis: [1], keepDims: false }, [floats([15, NaN, Infinity, NaN])], 0);
  });
});
