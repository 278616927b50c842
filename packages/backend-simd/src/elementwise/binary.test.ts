import { describe, expect, it } from 'vitest';
import { expectSameAsCpu, floats, sample, sampleIntegers, type Values } from '../kernel.testing.js';

/** Shapes that meet every way of walking: same, scalars, trailing and leading blocks, both at once, up to rank 6. */
const shapes: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[0], [0]],
  [
    [3, 0],
    [3, 1],
  ],
  [[], []],
  [[1], [1]],
  [[31], [31]],
  [[], [33]],
  [[5, 7], [7]],
  [[7], [5, 7]],
  [
    [5, 7],
    [5, 1],
  ],
  [
    [5, 1],
    [1, 7],
  ],
  [
    [700, 33],
    [700, 1],
  ],
  [
    [2, 20_000],
    [1, 20_000],
  ],
  [
    [3, 4, 5],
    [4, 1],
  ],
  [
    [3, 1, 5],
    [1, 4, 1],
  ],
  [
    [2, 3, 4, 5],
    [3, 1, 5],
  ],
  [
    [2, 1, 4, 1, 3],
    [5, 1, 2, 1],
  ],
  [
    [2, 1, 2, 1, 4, 1],
    [1, 3, 1, 2, 1, 5],
  ],
];

/** More than a chunk, in one row, in many, and in both. */
const large: typeof shapes = [
  [[40_001], [40_001]],
  [[2, 20_001], []],
  [[700, 33], [33]],
  [
    [700, 33],
    [700, 1],
  ],
  [
    [2, 20_000],
    [1, 20_000],
  ],
];

const a = floats([NaN, Infinity, -Infinity, Infinity, 0, -0, 0, 1, -1, 5, -5, 3e38, 1e-40, -7.5, 2]);
const b = floats([1, 1, Infinity, -Infinity, 0, 0, -0, NaN, -1, -2, 2, 3e38, 3, 2, NaN]);

const integers = (shape: readonly number[], seed: number): Values => {
  const positive = sampleIntegers(shape, 41, 'int32', seed);
  return { ...positive, values: positive.values.map(value => value - 20) };
};

describe('binary ops, against cpu', () => {
  it.each(['Add', 'Sub', 'Multiply', 'RealDiv', 'Maximum', 'Minimum', 'Equal', 'NotEqual', 'Less', 'LessEqual', 'Greater', 'GreaterEqual'])(
    '%s of float32, to the bit',
    kernelName => {
      for (const [m, n] of shapes) expectSameAsCpu(kernelName, { a: sample(m, 1), b: sample(n, 2) });
      expectSameAsCpu(kernelName, { a, b });
      expectSameAsCpu(kernelName, { a: b, b: a });
    },
  );

  it.each(['Add', 'Less'])('%s in several chunks', kernelName => {
    for (const [m, n] of large) expectSameAsCpu(kernelName, { a: sample(m, 1), b: sample(n, 2) });
  });

  it.each([
    'Add',
    'Sub',
    'Multiply',
    'Maximum',
    'Minimum',
    'Equal',
    'NotEqual',
    'Less',
    'LessEqual',
    'Greater',
    'GreaterEqual',
    'FloorDiv',
    'BitwiseAnd',
  ])('%s of int32', kernelName => {
    for (const [m, n] of shapes) expectSameAsCpu(kernelName, { a: integers(m, 1), b: integers(n, 2) });
    const most: Values = { shape: [4], dtype: 'int32', values: Int32Array.of(2 ** 31 - 1, -(2 ** 31), -(2 ** 31), 65_537) };
    const ones: Values = { shape: [4], dtype: 'int32', values: Int32Array.of(1, 1, -1, 65_537) };
    expectSameAsCpu(kernelName, { a: most, b: ones });
  });

  it('FloorDiv of float32 gives int32 as ECMAScript makes them', () => {
    for (const [m, n] of shapes) expectSameAsCpu('FloorDiv', { a: sample(m, 1), b: sample(n, 2) });
    expectSameAsCpu('FloorDiv', { a, b });
    expectSameAsCpu('FloorDiv', { a: floats([3e9, -3e9, 1e15, -1e15, 1e30]), b: floats([1, 1, 3, 3, 1e-3]) });
  });

  it('SquaredDifference is rounded twice: to 3e-7', () => {
    for (const [m, n] of shapes) expectSameAsCpu('SquaredDifference', { a: sample(m, 1), b: sample(n, 2) }, {}, 3e-7);
    expectSameAsCpu('SquaredDifference', { a, b });
  });

  it('Prelu and EluGrad', () => {
    for (const [m, n] of shapes) {
      expectSameAsCpu('Prelu', { x: sample(m, 1), alpha: sample(n, 2) });
      if (m.length === n.length && m.every((size, i) => size === n[i]))
        expectSameAsCpu('EluGrad', { dy: sample(m, 1), y: sample(m, 2) }, {}, 2e-7);
    }
    expectSameAsCpu('Prelu', { x: a, alpha: b });
    expectSameAsCpu('EluGrad', { dy: a, y: b });
  });

  it.each(['Add', 'Sub', 'Multiply', 'RealDiv'])(
    '%s of rows below, at and above the length from which they are filled faster',
    kernelName => {
      for (const columns of [63, 64, 65, 79, 80, 81, 200]) {
        for (const others of [[3, columns], [columns], [3, 1], [1]]) {
          for (const [a, b] of [
            [[3, columns], others],
            [others, [3, columns]],
          ] as const)
            expectSameAsCpu(kernelName, { a: sample(a, 1), b: sample(b, 2) });
        }
      }
    },
  );

  it('says in tfjs-core’s words that shapes do not broadcast', () => {
    expect(() => expectSameAsCpu('Add', { a: sample([2, 3]), b: sample([2]) })).toThrow(
      'Operands could not be broadcast together with shapes 2,3 and 2.',
    );
  });
});
