import { describe, expect, it } from 'vitest';
import { ShapeError } from '../errors.js';
import { convolve, correlate } from './correlate.js';
import { convolve2d, correlate2d } from './correlate2d.js';
import { largestDifference, testValues } from './numerical.testing.js';

const x = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];
const w = [
  [2, 0],
  [0, 0],
];

describe('correlate2d', () => {
  it('slides the kernel as it is', () => {
    expect(correlate2d(x, w)).toEqual([
      [2, 4],
      [8, 10],
    ]);
  });

  it('pads as TensorFlow does: the odd zero after', () => {
    expect(correlate2d(x, w, { padding: 'same' })).toEqual([
      [2, 4, 6],
      [8, 10, 12],
      [14, 16, 18],
    ]);
  });

  it('pads a stride only with what its last window needs', () => {
    // TensorFlow, size 3, kernel 2, stride 2: two outputs, one zero, after.
    expect(correlate2d(x, [[1, 10]], { padding: 'same', stride: 2 })).toEqual([
      [21, 3],
      [87, 9],
    ]);
  });

  it('of a product of two vectors is the product of their correlations', () => {
    const [a, b, k, l] = [
      testValues<number[]>([7]),
      testValues<number[]>([6], 50),
      testValues<number[]>([3], 90),
      testValues<number[]>([2], 70),
    ];
    const outer = (u: readonly number[], v: readonly number[]): number[][] => u.map(s => v.map(t => s * t));
    for (const padding of ['valid', 'full'] as const) {
      const options = { padding, stride: 2 };
      const product = outer(correlate(a, k, options), correlate(b, l, options));
      expect(largestDifference(correlate2d(outer(a, b), outer(k, l), options), product)).toBeLessThan(1e-14);
      const turned = outer(convolve(a, k, options), convolve(b, l, options));
      expect(largestDifference(convolve2d(outer(a, b), outer(k, l), options), turned)).toBeLessThan(1e-14);
    }
  });

  it('says what does not fit', () => {
    expect(() => correlate2d([[1, 2], [3]], w)).toThrow(new ShapeError('correlate2d: row 1 has 1 columns where row 0 has 2'));
    expect(() => correlate2d([], w)).toThrow(new ShapeError('correlate2d needs a matrix of at least one row and column'));
    expect(() => convolve2d([[1, 2]], w)).toThrow(
      new ShapeError('convolve2d: a kernel of size 2 does not fit into 1 values; use padding "same" or a smaller kernel'),
    );
  });
});

describe('convolve2d', () => {
  it('turns the kernel by 180°', () => {
    expect(convolve2d(x, w)).toEqual([
      [10, 12],
      [16, 18],
    ]);
  });
});
