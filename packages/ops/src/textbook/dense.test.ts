import { describe, expect, it } from 'vitest';
import { ShapeError } from '../errors.js';
import { dense, denseBackward } from './dense.js';
import { inner, largestDifference, numericalGradient, testValues } from './numerical.testing.js';

describe('dense', () => {
  it('is a product and a sum', () => {
    const kernel = [
      [1, 0, 2],
      [0, 1, -1],
    ];
    expect(dense([[3, 4]], kernel)).toEqual([[3, 4, 2]]);
    expect(dense([[3, 4]], kernel, [10, 20, 30])).toEqual([[13, 24, 32]]);
  });

  it('has the gradients its values imply', () => {
    const [x, kernel, bias] = [testValues<number[][]>([4, 3]), testValues<number[][]>([3, 2], 50), testValues<number[]>([2], 90)];
    const dy = testValues<number[][]>([4, 2], 70);
    const { dx, dKernel, dBias } = denseBackward(x, kernel, dy);
    expect(
      largestDifference(
        dx,
        numericalGradient(moved => inner(dense(moved, kernel, bias), dy), x),
      ),
    ).toBeLessThan(1e-9);
    expect(
      largestDifference(
        dKernel,
        numericalGradient(moved => inner(dense(x, moved, bias), dy), kernel),
      ),
    ).toBeLessThan(1e-9);
    expect(
      largestDifference(
        dBias,
        numericalGradient(moved => inner(dense(x, kernel, moved), dy), bias),
      ),
    ).toBeLessThan(1e-9);
  });

  it('says what does not fit', () => {
    expect(() => dense([[1, 2, 3]], [[1], [2]])).toThrow(new ShapeError('dense: the input has 3 features, the kernel 2 rows'));
    expect(() => dense([[1]], [[1]], [1, 2])).toThrow(new ShapeError('dense has 1 units and needs as many biases; got 2'));
    expect(() => denseBackward([[1]], [[1]], [[1, 2]])).toThrow(new ShapeError('denseBackward: the output is [1, 1]; its error is [1, 2]'));
  });
});
