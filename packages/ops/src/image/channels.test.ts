import { describe, expect, it } from 'vitest';
import { ConfigError, ShapeError } from '../errors.js';
import { hostArray } from '../host-array.js';
import { invertImage, toGrey } from './channels.js';
import { grey, source } from './golden.testing.js';

describe('toGrey', () => {
  it('is Pillow’s mode L, to the bit', () => expect([...toGrey(source).data]).toEqual(grey));

  it('of floats is the lightness, and lays alpha on white', () => {
    const image = hostArray(Float32Array.of(1, 0.5, 0, 1, 0.2, 0.4, 0.6, 0), [1, 2, 4]);
    const [first, second] = toGrey(image).data as Float32Array;
    expect(first).toBeCloseTo(0.299 + 0.2935, 6);
    expect(second).toBeCloseTo(1, 6);
  });

  it('leaves grey as it is', () => {
    const image = hostArray(Uint8Array.of(1, 2), [1, 2, 1]);
    expect(toGrey(image)).toEqual(image);
  });

  it('says what is no image', () => {
    expect(() => toGrey(hostArray(new Uint8Array(5), [1, 1, 5]))).toThrow(
      new ShapeError('toGrey needs an image of 1 to 4 channels; got 5'),
    );
    expect(() => toGrey(hostArray(new Int32Array(1), [1, 1, 1]))).toThrow(
      new ConfigError('toGrey takes images of uint8 or float32; got int32', { code: 'unsupported' }),
    );
  });
});

describe('invertImage', () => {
  it('turns black to white and leaves alpha', () => {
    expect([...invertImage(hostArray(Uint8Array.of(0, 200, 255, 7), [1, 2, 2])).data]).toEqual([255, 200, 0, 7]);
    expect([...invertImage(hostArray(Float32Array.of(0, 0.25, 1), [1, 3, 1])).data]).toEqual([1, 0.75, 0]);
  });

  it('twice is no change', () => expect(invertImage(invertImage(source))).toEqual(source));
});
