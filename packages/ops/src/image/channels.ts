import { ShapeError } from '../errors.js';
import type { HostArray } from '../host-array.js';
import { blankImage, checkImage, type ImageArray, type ImageSizes, whiteOf } from './image.js';

/**
 * An image's lightness, `[height, width, 1]`: `0.299 red + 0.587 green + 0.114 blue` (ITU-R 601-2, as Pillow's and Keras' mode 'L', to
 * the bit in images of bytes). Where there is alpha, the image is first laid on white.
 *
 * @param image `[height, width, channels]`, uint8 or float32 (white is 1): grey, grey and alpha, RGB, or RGB and alpha
 * @throws {ShapeError} when it has not 1 to 4 channels
 */
export function toGrey(image: HostArray): HostArray {
  return withChannels(image, 1, 'toGrey');
}

/**
 * Black for white: `255 − value` in bytes, `1 − value` in float32; alpha stays.
 *
 * @param image `[height, width, channels]`, uint8 or float32 (white is 1)
 * @throws {ShapeError} when it has not 1 to 4 channels
 */
export function invertImage(image: HostArray): HostArray {
  const { image: from, sizes } = checkImage(image, 'invertImage');
  checkChannels(sizes, 'invertImage');
  const white = whiteOf(from);
  const inverted = blankImage(from, sizes);
  const alpha = hasAlpha(sizes.channels) ? sizes.channels - 1 : -1;
  for (let i = 0; i < from.data.length; i++) {
    const value = from.data[i] as number;
    inverted.data[i] = i % sizes.channels === alpha ? value : white - value;
  }
  return inverted;
}

/**
 * An image with another number of channels: grey repeated for RGB, RGB's lightness for grey, alpha laid on white where it is dropped and
 * opaque where it is new.
 *
 * @param channels 1 grey, 3 RGB, 4 RGB and alpha
 * @throws {ShapeError} when the image has not 1 to 4 channels
 */
export function withChannels(image: HostArray, channels: 1 | 3 | 4, where: string): ImageArray {
  const { image: from, sizes } = checkImage(image, where);
  checkChannels(sizes, where);
  if (sizes.channels === channels) return from;
  if (channels === 4) return withAlpha(from, sizes);
  const opaque = hasAlpha(sizes.channels) ? onWhite(from, sizes) : from;
  const colors = hasAlpha(sizes.channels) ? sizes.channels - 1 : sizes.channels;
  if (colors === channels) return opaque;
  return channels === 1 ? lightness(opaque, sizes) : repeatGrey(opaque, sizes);
}

const hasAlpha = (channels: number): boolean => channels === 2 || channels === 4;

function checkChannels({ channels }: ImageSizes, where: string): void {
  if (channels > 4) throw new ShapeError(`${where} needs an image of 1 to 4 channels; got ${channels}`);
}

function onWhite(from: ImageArray, sizes: ImageSizes): ImageArray {
  const colors = sizes.channels - 1;
  const opaque = blankImage(from, { ...sizes, channels: colors });
  const white = whiteOf(from);
  for (let pixel = 0; pixel < sizes.height * sizes.width; pixel++) {
    const start = pixel * sizes.channels;
    const alpha = (from.data[start + colors] as number) / white;
    for (let c = 0; c < colors; c++) {
      const value = alpha * (from.data[start + c] as number) + (1 - alpha) * white;
      opaque.data[pixel * colors + c] = white === 255 ? Math.round(value) : value;
    }
  }
  return opaque;
}

function lightness(from: ImageArray, sizes: ImageSizes): ImageArray {
  const grey = blankImage(from, { ...sizes, channels: 1 });
  for (let pixel = 0; pixel < sizes.height * sizes.width; pixel++) {
    const red = from.data[3 * pixel] as number;
    const green = from.data[3 * pixel + 1] as number;
    const blue = from.data[3 * pixel + 2] as number;
    // Bytes as Pillow reckons them, in fixed point with the weights times 65536.
    grey.data[pixel] =
      from.dtype === 'uint8' ? (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16 : 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return grey;
}

function repeatGrey(from: ImageArray, sizes: ImageSizes): ImageArray {
  const colored = blankImage(from, { ...sizes, channels: 3 });
  from.data.forEach((value, pixel) => {
    colored.data.fill(value, 3 * pixel, 3 * pixel + 3);
  });
  return colored;
}

function withAlpha(from: ImageArray, sizes: ImageSizes): ImageArray {
  const image = blankImage(from, { ...sizes, channels: 4 });
  const colors = hasAlpha(sizes.channels) ? sizes.channels - 1 : sizes.channels;
  for (let pixel = 0; pixel < sizes.height * sizes.width; pixel++) {
    const start = pixel * sizes.channels;
    for (let c = 0; c < 3; c++) image.data[4 * pixel + c] = from.data[start + (colors === 1 ? 0 : c)] as number;
    image.data[4 * pixel + 3] = hasAlpha(sizes.channels) ? (from.data[start + colors] as number) : whiteOf(from);
  }
  return image;
}
