import { ConfigError, ShapeError } from '../errors.js';
import type { HostArray } from '../host-array.js';

/** Pixels `[height, width, channels]`: bytes from 0 to 255, or float32, where white is 1. */
export type ImageArray = HostArray &
  ({ readonly data: Uint8Array; readonly dtype: 'uint8' } | { readonly data: Float32Array; readonly dtype: 'float32' });

/** The sizes of an image. */
export interface ImageSizes {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * `image` with its sizes.
 *
 * @throws {ShapeError} when it is not `[height, width, channels]`, with none of them 0
 * @throws {ConfigError} when it is neither of bytes nor of float32
 */
export function checkImage(image: HostArray, where: string): { image: ImageArray; sizes: ImageSizes } {
  const [height, width, channels] = image.shape as [number, number, number];
  if (image.shape.length !== 3 || image.shape.includes(0))
    throw new ShapeError(`${where} needs an image [height, width, channels]; got [${image.shape.join(', ')}]`);
  const supported =
    (image.dtype === 'uint8' && image.data instanceof Uint8Array) || (image.dtype === 'float32' && image.data instanceof Float32Array);
  if (!supported) throw new ConfigError(`${where} takes images of uint8 or float32; got ${image.dtype}`, { code: 'unsupported' });
  return { image: image as ImageArray, sizes: { height, width, channels } };
}

/** What white is in an image: 255 in bytes, 1 in floats. */
export function whiteOf(image: ImageArray): 255 | 1 {
  return image.dtype === 'uint8' ? 255 : 1;
}

/** An image of the same type and other sizes, all zeros. */
export function blankImage(like: ImageArray, { height, width, channels }: ImageSizes): ImageArray {
  const length = height * width * channels;
  const shape = [height, width, channels];
  return like.dtype === 'uint8'
    ? { data: new Uint8Array(length), shape, dtype: 'uint8' }
    : { data: new Float32Array(length), shape, dtype: 'float32' };
}
