import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { ConfigError, ShapeError } from '../../errors.js';
import { hostArray } from '../../host-array.js';
import { decodePng } from './decode-png.js';
import { encodePng } from './encode-png.js';

describe('encodePng', () => {
  it.each([1, 2, 3, 4])('writes %i channels that decodePng and another decoder read', channels => {
    const data = Uint8Array.from({ length: 13 * 9 * channels }, (_, i) => (i * 37) % 256);
    const image = hostArray(data, [13, 9, channels]);
    const png = encodePng(image);
    expect(decodePng(png)).toEqual(image);
    expect(decode(png, { checkCrc: true })).toMatchObject({ width: 9, height: 13, channels, depth: 8, data });
  });

  it('says what it cannot write', () => {
    expect(() => encodePng(hostArray(new Uint8Array(4), [2, 2]))).toThrow(
      new ShapeError('encodePng needs an image [height, width, channels]; got [2, 2]'),
    );
    expect(() => encodePng(hostArray(new Uint8Array(5), [1, 1, 5]))).toThrow(
      new ShapeError('encodePng needs an image of 1 to 4 channels; got 5'),
    );
    expect(() => encodePng(hostArray(new Float32Array(1), [1, 1, 1]))).toThrow(
      new ConfigError('encodePng takes images of uint8; got float32: scale it to 0 … 255 and round it first'),
    );
  });
});
