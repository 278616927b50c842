import { describe, expect, it } from 'vitest';
import { ShapeError } from '../errors.js';
import { conv2d, conv2dBackward } from './conv2d.js';
import { correlate2d } from './correlate2d.js';
import { inner, largestDifference, numericalGradient, testValues } from './numerical.testing.js';

type Images = number[][][][];
const x = testValues<Images>([2, 5, 6, 2]);
const kernel = testValues<Images>([3, 2, 2, 3], 200);
const bias = testValues<number[]>([3], 300);

describe.each([
  { padding: 'valid', stride: 1 },
  { padding: 'same', stride: 1 },
  { padding: 'same', stride: 2 },
  { padding: 'valid', stride: 3 },
  { padding: 'full', stride: 1 },
] as const)('conv2d with $padding padding and stride $stride', options => {
  it('is the sum of correlations, channel by channel', () => {
    const y = conv2d(x, kernel, bias, options);
    for (const [n, image] of y.entries()) {
      for (let o = 0; o < 3; o++) {
        const channels = [0, 1].map(c =>
          correlate2d(
            x[n]!.map(row => row.map(pixel => pixel[c]!)),
            kernel.map(row => row.map(weights => weights[c]![o]!)),
            options,
          ),
        );
        const sum = channels[0]!.map((row, i) => row.map((value, j) => value + channels[1]![i]![j]! + bias[o]!));
        expect(
          largestDifference(
            image.map(row => row.map(pixel => pixel[o]!)),
            sum,
          ),
        ).toBeLessThan(1e-14);
      }
    }
  });

  it('has the gradients its values imply', () => {
    const y = conv2d(x, kernel, bias, options);
    const dy = testValues<Images>([y.length, y[0]!.length, y[0]![0]!.length, 3], 400);
    const { dx, dKernel, dBias } = conv2dBackward(x, kernel, dy, options);
    const loss = (images: Images, weights: Images, offsets: number[]): number => inner(conv2d(images, weights, offsets, options), dy);
    expect(
      largestDifference(
        dx,
        numericalGradient(moved => loss(moved, kernel, bias), x),
      ),
    ).toBeLessThan(1e-8);
    expect(
      largestDifference(
        dKernel,
        numericalGradient(moved => loss(x, moved, bias), kernel),
      ),
    ).toBeLessThan(1e-8);
    expect(
      largestDifference(
        dBias,
        numericalGradient(moved => loss(x, kernel, moved), bias),
      ),
    ).toBeLessThan(1e-8);
  });
});

describe('wrong arguments of conv2d', () => {
  it('are named', () => {
    expect(() => conv2d(x, testValues<Images>([3, 3, 1, 4]))).toThrow(new ShapeError('conv2d: the images have 2 channels, the kernels 1'));
    expect(() => conv2d(x, kernel, [1, 2])).toThrow(new ShapeError('conv2d has 3 kernels and needs as many biases; got 2'));
    expect(() => conv2d([[[[1, 2], [3]]]], kernel)).toThrow(
      new ShapeError('conv2d needs four axes, each of one size throughout and none empty'),
    );
    expect(() => conv2dBackward(x, kernel, testValues<Images>([2, 5, 6, 3]))).toThrow(
      new ShapeError('conv2dBackward: the output is [2, 3, 5, 3]; its error is [2, 5, 6, 3]'),
    );
  });
});
