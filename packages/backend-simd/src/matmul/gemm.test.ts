import { describe, expect, it } from 'vitest';
import type { SimdBackend } from '../backend.js';
import { backends, expectClose, sample } from '../kernel.testing.js';
import { type Gemm, gemm } from './gemm.js';

/** Values between rows, and around matrices: they are to stay as they are. */
const GUARD = 123.5;

type Case = Pick<Gemm, 'rows' | 'columns' | 'depth'> &
  Required<Pick<Gemm, 'transposeA' | 'transposeB' | 'accumulate'>> & {
    gap: number;
    bias: boolean;
    activation: NonNullable<Gemm['activation']>;
  };

/** Rows of `width` random numbers, `gap` guards after each. */
function padded(rows: number, width: number, gap: number, seed: number): Float32Array {
  const values = new Float32Array(rows * (width + gap)).fill(GUARD);
  const numbers = sample([rows, width], seed).values;
  for (let row = 0; row < rows; row++) values.set(numbers.subarray(row * width, (row + 1) * width), row * (width + gap));
  return values;
}

/** C as memory holds it, guards and all, by the textbook in float64 and by gemm. */
function compute(backend: SimdBackend, one: Case): { actual: Float32Array; expected: Float32Array } {
  const { rows, columns, depth, transposeA, transposeB, accumulate, gap, activation } = one;
  const a = transposeA ? padded(depth, rows, gap, 1) : padded(rows, depth, gap, 1);
  const b = transposeB ? padded(columns, depth, gap, 2) : padded(depth, columns, gap, 2);
  const c = padded(rows, columns, gap, 3);
  const bias = sample([columns], 4).values;
  const aStride = (transposeA ? rows : depth) + gap;
  const bStride = (transposeB ? depth : columns) + gap;
  const expected = c.slice();
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = i * (columns + gap) + j;
      let sum = accumulate ? c[at]! : one.bias ? bias[j]! : 0;
      for (let k = 0; k < depth; k++) {
        sum += a[transposeA ? k * aStride + i : i * aStride + k]! * b[transposeB ? j * bStride + k : k * bStride + j]!;
      }
      expected[at] = activation === 'relu' ? Math.max(0, sum) : activation === 'leakyrelu' && sum < 0 ? 0.3 * sum : sum;
    }
  }
  const pointers = [a, b, c, bias].map(values => {
    const pointer = backend.scratch(values.length * 4);
    backend.floats(pointer, values.length).set(values);
    return pointer;
  }) as [number, number, number, number];
  gemm(backend, {
    rows,
    columns,
    depth,
    a: pointers[0],
    transposeA,
    aStride,
    b: pointers[1],
    transposeB,
    bStride,
    c: pointers[2],
    cStride: columns + gap,
    accumulate,
    bias: one.bias ? pointers[3] : 0,
    activation,
    slope: 0.3,
  });
  const actual = backend.floats(pointers[2], c.length).slice();
  for (const pointer of pointers) backend.releaseScratch(pointer);
  return { actual, expected };
}

describe('gemm', () => {
  it('reads and writes rows at any stride, accumulates, begins at a bias and activates, and touches nothing else', () => {
    for (const [rows, depth, columns] of [
      [1, 9, 37],
      [37, 9, 1],
      [1, 12, 1],
      [5, 300, 9],
      [13, 5, 70],
      [100, 70, 66],
    ] as const) {
      for (const transposeA of [false, true]) {
        for (const transposeB of [false, true]) {
          for (const gap of [0, 3]) {
            for (const [accumulate, bias, activation] of [
              [false, false, 'linear'],
              [true, false, 'linear'],
              [false, true, 'relu'],
              [true, false, 'leakyrelu'],
            ] as const) {
              const one = { rows, depth, columns, transposeA, transposeB, gap, accumulate, bias, activation };
              const results = backends.map(([, backend]) => compute(backend, one));
              // Up to 300 products of numbers below 1: sums near 6, each rounding by up to 3e-7.
              for (const [index, { actual, expected }] of results.entries()) {
                expectClose(actual, expected, 1e-5, `${backends[index]![0]} ${JSON.stringify(one)}`);
              }
              expect(results[1]!.actual).toEqual(results[0]!.actual);
            }
          }
        }
      }
    }
  });

  it('gives one sample the bits that it gets among many', () => {
    for (const [[, backend], columns] of backends.flatMap(entry => [1, 10, 100].map(columns => [entry, columns] as const))) {
      const [a, b] = [sample([33, 50], 1).values, sample([50, columns], 2).values];
      const [aAt, bAt, manyAt, oneAt] = [a.length, b.length, 33 * columns, columns].map(length => backend.scratch(length * 4)) as [
        number,
        number,
        number,
        number,
      ];
      backend.floats(aAt, a.length).set(a);
      backend.floats(bAt, b.length).set(b);
      gemm(backend, { rows: 33, columns, depth: 50, a: aAt, b: bAt, c: manyAt });
      gemm(backend, { rows: 1, columns, depth: 50, a: aAt + 32 * 50 * 4, b: bAt, c: oneAt });
      const many = backend.floats(manyAt, 33 * columns);
      expect(backend.floats(oneAt, columns).slice()).toEqual(many.slice(32 * columns));
      for (const pointer of [aAt, bAt, manyAt, oneAt]) backend.releaseScratch(pointer);
    }
  });
});
