import { describe, expect, it } from 'vitest';
import { ConfigError, ShapeError } from '../errors.js';
import { type HostArray, hostArray } from '../host-array.js';
import { pillow, resized, source } from './golden.testing.js';
import { resizeImage } from './resize-image.js';

const floats = hostArray(Float32Array.from(source.data as Uint8Array), source.shape);

function largestDifference(image: HostArray, expected: readonly number[]): number {
  expect(image.data.length).toBe(expected.length);
  return expected.reduce((largest, value, i) => Math.max(largest, Math.abs(value - Number(image.data[i]))), 0);
}

describe('resizeImage', () => {
  // Keras reckons in float32: values up to 255 are right to some 1e-5 of their size.
  it.each(resized)('to $size with $options is what Keras makes of it', ({ size, options, pixels }) => {
    const image = resizeImage(floats, size, options);
    expect(image.shape).toEqual([...size, 3]);
    expect(largestDifference(image, pixels)).toBeLessThan(2e-3);
  });

  // Pillow rounds to bytes between the two directions as well, so it may be one off.
  it.each(pillow)('to $size is Pillow’s $method, to one level', ({ size, method, pixels }) => {
    expect(largestDifference(resizeImage(source, size, { method }), pixels)).toBeLessThanOrEqual(method === 'nearest' ? 0 : 1);
  });

  it('by area means what a pixel covers', () => {
    const image = hostArray(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), [2, 6, 1]);
    expect([...resizeImage(image, [1, 3], { method: 'area' }).data]).toEqual([4.5, 6.5, 8.5]);
    // Four columns from six: each covers one and a half.
    expect([...resizeImage(image, [2, 4], { method: 'area' }).data].map(value => Math.round(Number(value) * 3))).toEqual([
      4, 8, 13, 17, 22, 26, 31, 35,
    ]);
  });

  it('by area keeps the mean, whatever the size', () => {
    const mean = (image: HostArray): number => (image.data as Float32Array).reduce((sum, value) => sum + value, 0) / image.data.length;
    for (const size of [
      [1, 1],
      [4, 9],
      [5, 20],
      [30, 7],
    ] as const)
      expect(mean(resizeImage(floats, size, { method: 'area' }))).toBeCloseTo(mean(floats), 3);
  });

  it.each(['bilinear', 'nearest', 'area'] as const)('to its own size with %s changes nothing', method => {
    expect(resizeImage(source, [9, 14], { method })).toEqual(source);
  });

  it('puts what it is told around an image of another aspect ratio', () => {
    const image = hostArray(Uint8Array.of(1, 2, 3), [1, 3, 1]);
    expect(resizeImage(image, [3, 3], { keepAspect: 'pad', fill: 9, method: 'nearest' })).toEqual(
      hostArray(Uint8Array.of(9, 9, 9, 1, 2, 3, 9, 9, 9), [3, 3, 1]),
    );
    expect(resizeImage(image, [1, 1], { keepAspect: 'crop' })).toEqual(hostArray(Uint8Array.of(2), [1, 1, 1]));
  });

  it('holds no more than the image and the result, however thin the image', () => {
    const thin = hostArray(new Uint8Array(1_000_000).fill(200), [1_000_000, 1, 1]);
    const image = resizeImage(thin, [3, 3], { keepAspect: 'pad', method: 'area', fill: 50 });
    // A line of one in a million, in the middle column.
    expect([...image.data]).toEqual([50, 50, 50, 50, 50, 50, 50, 50, 50]);
    expect([...resizeImage(thin, [2, 2]).data]).toEqual([200, 200, 200, 200]);
  });

  it('says what is wrong', () => {
    expect(() => resizeImage(hostArray(new Uint8Array(4)), [1, 1])).toThrow(
      new ShapeError('resizeImage needs an image [height, width, channels]; got [4]'),
    );
    expect(() => resizeImage(source, [0, 5])).toThrow(
      new ConfigError('resizeImage: the size must be two positive integers, [height, width]; got [0,5]'),
    );
    expect(() => resizeImage(source, [1, 1], { method: 'cubic' as 'area' })).toThrow(
      new ConfigError('resizeImage: method must be "bilinear" or "nearest" or "area"; got "cubic"'),
    );
    expect(() => resizeImage(source, [1, 1], { method: 'area', antialias: true })).toThrow(
      new ConfigError('resizeImage: antialias goes with the method "bilinear"; got "area"'),
    );
    expect(() => resizeImage(source, [1, 1], { fill: 3 })).toThrow(new ConfigError('resizeImage: fill goes with keepAspect "pad"'));
    expect(() => resizeImage(source, [1, 1], { keepAspect: 'pad', fill: 256 })).toThrow(
      new ConfigError('resizeImage: fill must be an integer from 0 to 255 in an image of bytes; got 256'),
    );
  });
});
