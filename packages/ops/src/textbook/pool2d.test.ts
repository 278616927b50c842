import { describe, expect, it } from 'vitest';
import { ConfigError, ShapeError } from '../errors.js';
import { inner, largestDifference, numericalGradient, testValues } from './numerical.testing.js';
import { averagePool2d, averagePool2dBackward, maxPool2d, maxPool2dBackward, type Pool2dOptions } from './pool2d.js';

const x = [
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 10, 11, 12],
  [13, 14, 15, 16],
];

describe('maxPool2d', () => {
  it('keeps the largest of each window', () => {
    expect(maxPool2d(x, { size: 2, stride: 2 })).toEqual([
      [6, 8],
      [14, 16],
    ]);
  });

  it('takes nothing from outside of the image', () => {
    expect(maxPool2d([[-3, -1, -2]], { size: 2, padding: 'same' })).toEqual([[-1, -2]]);
  });

  it('sends the error to the first among equals', () => {
    expect(maxPool2dBackward([[5, 5, 1, 5]], [[1, 10]], { size: 2, padding: 'same' })).toEqual([[1, 0, 0, 10]]);
  });
});

describe('averagePool2d', () => {
  it('means each window', () => {
    expect(averagePool2d(x)).toEqual([
      [3.5, 5.5],
      [11.5, 13.5],
    ]);
  });

  it('divides by what lies inside the image', () => {
    expect(averagePool2d([[2, 4, 9]], { size: 2, padding: 'same' })).toEqual([[3, 9]]);
  });
});

describe.each<Pool2dOptions>([{}, { size: 3, stride: 1 }, { size: 3, stride: 2, padding: 'same' }, { size: 2, stride: 3 }])(
  'the gradients with %o',
  options => {
    const image = testValues<number[][]>([5, 7]);

    it('of the maximum are its differences', () => {
      const dy = testValues<number[][]>([maxPool2d(image, options).length, maxPool2d(image, options)[0]!.length], 100);
      const numerical = numericalGradient(moved => inner(maxPool2d(moved, options), dy), image);
      expect(largestDifference(maxPool2dBackward(image, dy, options), numerical)).toBeLessThan(1e-9);
    });

    it('of the mean are its differences', () => {
      const dy = testValues<number[][]>([maxPool2d(image, options).length, maxPool2d(image, options)[0]!.length], 100);
      const numerical = numericalGradient(moved => inner(averagePool2d(moved, options), dy), image);
      expect(largestDifference(averagePool2dBackward(image, dy, options), numerical)).toBeLessThan(1e-9);
    });
  },
);

describe('wrong arguments of a pooling', () => {
  it('are named', () => {
    expect(() => maxPool2dBackward(x, [[1]])).toThrow(new ShapeError('maxPool2dBackward: the output is [2, 2]; its error is [1, 1]'));
    expect(() => maxPool2d(x, { size: 1.5 })).toThrow(new ConfigError('maxPool2d: size must be a positive integer; got 1.5'));
    expect(() => averagePool2d(x, { poolSize: 2 } as object)).toThrow(
      new ConfigError('averagePool2d: there is no option "poolSize"; there are: size, stride, padding'),
    );
  });
});
