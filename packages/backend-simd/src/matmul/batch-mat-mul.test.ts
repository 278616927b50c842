import { describe, expect, it } from 'vitest';
import { expectResults, expectSameAsCpu, floats, sample, sampleIntegers, type Values } from '../kernel.testing.js';

/** The textbook product of two matrices, in float64. */
function product(a: Values, b: Values, transposeA: boolean, transposeB: boolean): Values {
  const [rows, depth] = transposeA ? [a.shape[1]!, a.shape[0]!] : [a.shape[0]!, a.shape[1]!];
  const columns = b.shape[transposeB ? 0 : 1]!;
  const values = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < depth; k++) {
        sum += a.values[transposeA ? k * rows + i : i * depth + k]! * b.values[transposeB ? j * depth + k : k * columns + j]!;
      }
      values[i * columns + j] = sum;
    }
  }
  return { shape: [rows, columns], dtype: 'float32', values };
}

/** Of `depth` products of numbers below 1, summed one by one: each sum, near √depth / 3, is rounded by up to 6e-8 of itself. */
const tolerance = (depth: number): number => 1e-6 + 3e-8 * depth;

function check(rows: number, depth: number, columns: number): void {
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      const a = sample(transposeA ? [depth, rows] : [rows, depth], rows);
      const b = sample(transposeB ? [columns, depth] : [depth, columns], columns + 100);
      const expected = product(a, b, transposeA, transposeB);
      expectResults('BatchMatMul', { a, b }, { transposeA, transposeB }, [expected], tolerance(depth));
    }
  }
}

describe('BatchMatMul', () => {
  it('is the textbook product below, at and above the tile, transposed or not', () => {
    for (const rows of [1, 2, 3, 4, 5, 6, 7, 9, 13]) for (const columns of [1, 3, 4, 5, 8, 9, 12, 15, 17]) check(rows, 5, columns);
    for (const depth of [1, 2, 3, 4, 31, 33]) check(7, depth, 10);
  });

  it('is the textbook product over blocks of depths, and many tiles', () => {
    for (const [rows, depth, columns] of [
      [33, 31, 33],
      [32, 600, 100],
      [150, 257, 10],
      [10, 257, 150],
      [100, 70, 130],
      [97, 513, 128],
      [1, 1000, 100],
      [100, 1000, 1],
      [25, 300, 1024],
    ] as const) {
      check(rows, depth, columns);
    }
  });

  it('broadcasts the axes before the last two', () => {
    const cases = [
      [
        [3, 5, 4],
        [3, 4, 6],
      ],
      [
        [3, 5, 4],
        [1, 4, 6],
      ],
      [
        [1, 5, 4],
        [3, 4, 6],
      ],
      [
        [2, 3, 5, 4],
        [4, 6],
      ],
      [
        [5, 4],
        [2, 3, 4, 6],
      ],
      [
        [2, 1, 5, 4],
        [3, 4, 6],
      ],
      [
        [2, 1, 2, 5, 4],
        [1, 3, 1, 4, 6],
      ],
    ] as const;
    for (const [aShape, bShape] of cases) {
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) {
          const a = sample(transposeA ? swapLast(aShape) : aShape, 1);
          const b = sample(transposeB ? swapLast(bShape) : bShape, 2);
          expectResults('BatchMatMul', { a, b }, { transposeA, transposeB }, [broadcastProduct(a, b, transposeA, transposeB)], 1e-6);
        }
      }
    }
  });

  it('is zero over no depth, and empty where an axis is', () => {
    const attrs = { transposeA: false, transposeB: false };
    for (const [aShape, bShape] of [
      [
        [2, 0],
        [0, 3],
      ],
      [
        [0, 4],
        [4, 3],
      ],
      [
        [2, 4],
        [4, 0],
      ],
      [
        [0, 2, 4],
        [0, 4, 3],
      ],
    ] as const) {
      expectSameAsCpu('BatchMatMul', { a: sample(aShape), b: sample(bShape) }, attrs);
    }
  });

  it('keeps NaN and infinities in their rows and columns', () => {
    const a = sample([9, 6]);
    const b = sample([6, 11], 2);
    a.values[0] = NaN;
    a.values[6] = Infinity;
    b.values[3] = -Infinity;
    b.values[10] = NaN;
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        const left = transposeA ? floats(a.values, [6, 9]) : a;
        const right = transposeB ? floats(b.values, [11, 6]) : b;
        const [result] = expectResults(
          'BatchMatMul',
          { a: left, b: right },
          { transposeA, transposeB },
          [product(left, right, transposeA, transposeB)],
          1e-6,
        );
        expect(result!.values.filter(value => !Number.isFinite(value)).length).toBeGreaterThan(10);
      }
    }
  });

  it('leaves other dtypes to cpu', () => {
    const attrs = { transposeA: false, transposeB: false };
    expectSameAsCpu('BatchMatMul', { a: sampleIntegers([3, 4], 9), b: sampleIntegers([4, 5], 9) }, attrs);
  });
});

const swapLast = (shape: readonly number[]): number[] => [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!];

/** Broadcast by its definition: each matrix of the result from its own index along each axis. */
function broadcastProduct(a: Values, b: Values, transposeA: boolean, transposeB: boolean): Values {
  const axes = Math.max(a.shape.length, b.shape.length) - 2;
  const outer = (values: Values): number[] => [...Array(axes + 2 - values.shape.length).fill(1), ...values.shape.slice(0, -2)];
  const [aOuter, bOuter] = [outer(a), outer(b)];
  const shape = aOuter.map((length, axis) => Math.max(length, bOuter[axis]!));
  const matrix = (from: Values, lengths: number[], index: readonly number[]): Values => {
    const size = from.shape.at(-1)! * from.shape.at(-2)!;
    const at = lengths.reduce((sum, length, axis) => sum * length + (length === 1 ? 0 : index[axis]!), 0);
    return floats(from.values.slice(at * size, (at + 1) * size), from.shape.slice(-2));
  };
  const results: Values[] = [];
  const visit = (index: number[]): void => {
    if (index.length === axes) results.push(product(matrix(a, aOuter, index), matrix(b, bOuter, index), transposeA, transposeB));
    else for (let i = 0; i < shape[index.length]!; i++) visit([...index, i]);
  };
  visit([]);
  return floats(
    results.flatMap(({ values }) => [...values]),
    [...shape, ...results[0]!.shape],
  );
}
