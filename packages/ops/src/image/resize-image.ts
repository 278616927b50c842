import { ConfigError } from '../errors.js';
import type { HostArray } from '../host-array.js';
import { boolean, number, oneOf } from '../options/kinds.js';
import { Expected, type Option, parseOptions, show } from '../options/option.js';
import { blankImage, checkImage, type ImageArray, type ImageSizes } from './image.js';
import { area, bilinear, nearest, type Resampling } from './resampling.js';

/** Options of {@link resizeImage}. */
export interface ResizeImageOptions {
  /**
   * - `'bilinear'`: between neighbouring pixels; with antialiasing as Pillow's BILINEAR, without it as Keras' default.
   * - `'nearest'`: the pixel that the middle of the new one lies in.
   * - `'area'`: the mean of what the new pixel covers.
   *
   * @default 'bilinear'
   */
  method?: 'bilinear' | 'nearest' | 'area';
  /** Whether a smaller image counts every pixel of the larger one, and not just the nearest four. Of 'bilinear' only. @default true */
  antialias?: boolean;
  /**
   * What becomes of an image of another aspect ratio: `'pad'` puts `fill` around it, `'crop'` cuts its longer side, both centred as
   * Keras' `pad_to_aspect_ratio` and `crop_to_aspect_ratio`; false stretches it.
   *
   * @default false
   */
  keepAspect?: 'pad' | 'crop' | false;
  /** What `keepAspect: 'pad'` puts around the image, in its own units. @default 0 */
  fill?: number;
}

const keepAspectOption: Option<'pad' | 'crop' | false> = {
  required: false,
  default: false,
  parse: value => {
    if (value !== 'pad' && value !== 'crop' && value !== false) throw new Expected('"pad", "crop" or false');
    return value;
  },
  serialize: value => value,
};

/**
 * An image of another size. Pixels are areas, not points: the middle of pixel `i` is at `i + ½`, as in Pillow, Keras and TensorFlow 2.
 * The values are reckoned in double precision and, in images of bytes, rounded to the nearest once, at the end.
 *
 * @param image `[height, width, channels]`, uint8 or float32
 * @param size `[height, width]` of the result
 * @returns `[…size, channels]`, of the type of `image`
 * @throws {ShapeError} when the image is not of rank 3, or empty
 * @throws {ConfigError} when the size, an option or the image's type is wrong
 */
export function resizeImage(image: HostArray, size: readonly [height: number, width: number], options: ResizeImageOptions = {}): HostArray {
  const where = 'resizeImage';
  const { image: from, sizes } = checkImage(image, where);
  if (size.length !== 2 || !size.every(side => Number.isInteger(side) && side >= 1))
    throw new ConfigError(`${where}: the size must be two positive integers, [height, width]; got ${show(size)}`);
  const { method, antialias, keepAspect, fill } = parseOptions<Required<ResizeImageOptions>>(
    {
      method: oneOf(['bilinear', 'nearest', 'area'], 'bilinear'),
      antialias: boolean(true),
      keepAspect: keepAspectOption,
      fill: number(0),
    },
    options,
    where,
  );
  if (options.antialias !== undefined && method !== 'bilinear')
    throw new ConfigError(`${where}: antialias goes with the method "bilinear"; got "${method}"`);
  if (options.fill !== undefined && keepAspect !== 'pad') throw new ConfigError(`${where}: fill goes with keepAspect "pad"`);
  if (from.dtype === 'uint8' && !(Number.isInteger(fill) && fill >= 0 && fill <= 255))
    throw new ConfigError(`${where}: fill must be an integer from 0 to 255 in an image of bytes; got ${fill}`);

  const [height, width] = size;
  const framed = keepAspect ? frame(from, sizes, frameSizes(sizes, size, keepAspect), fill) : { image: from, sizes };
  const axis = (before: number, after: number): Resampling =>
    method === 'nearest' ? nearest(before, after) : method === 'area' ? area(before, after) : bilinear(before, after, antialias);
  return resample(framed.image, framed.sizes, axis(framed.sizes.height, height), axis(framed.sizes.width, width));
}

/**
 * The sizes, before resizing, of an image with about the aspect ratio of `target`: no side smaller ('pad') or none larger ('crop').
 * As in Keras, padding puts as much after as before, and so may lack one row or column.
 */
function frameSizes({ height, width, channels }: ImageSizes, [h, w]: readonly [number, number], keep: 'pad' | 'crop'): ImageSizes {
  const side = (size: number, fit: number): number =>
    keep === 'crop' ? Math.max(1, Math.min(size, fit)) : size + 2 * Math.floor(Math.max(0, fit - size) / 2);
  return { height: side(height, Math.floor((width * h) / w)), width: side(width, Math.floor((height * w) / h)), channels };
}

/** `from` in the middle of an image of the sizes `to`: cut where that is smaller, with `fill` around it where it is larger. */
function frame(from: ImageArray, sizes: ImageSizes, to: ImageSizes, fill: number): { image: ImageArray; sizes: ImageSizes } {
  const image = blankImage(from, to);
  if (fill !== 0) image.data.fill(fill);
  const offset = (before: number, after: number): number => Math.trunc((before - after) / 2);
  const [top, left] = [offset(sizes.height, to.height), offset(sizes.width, to.width)];
  const columns = Math.min(sizes.width, to.width) * sizes.channels;
  for (let row = Math.max(0, -top); row < Math.min(to.height, sizes.height - top); row++) {
    const start = ((row + top) * sizes.width + Math.max(0, left)) * sizes.channels;
    image.data.set(from.data.subarray(start, start + columns), (row * to.width + Math.max(0, -left)) * sizes.channels);
  }
  return { image, sizes: to };
}

/** First every row to its new width, then every column to its new height. */
function resample(from: ImageArray, { height, width, channels }: ImageSizes, vertical: Resampling, horizontal: Resampling): ImageArray {
  const [newHeight, newWidth] = [vertical.weights.length, horizontal.weights.length];
  const rows = new Float64Array(height * newWidth * channels);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < newWidth; j++) {
      const weights = horizontal.weights[j] as Float64Array;
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        let at = (i * width + (horizontal.starts[j] as number)) * channels + c;
        for (let k = 0; k < weights.length; k++, at += channels) sum += (weights[k] as number) * (from.data[at] as number);
        rows[(i * newWidth + j) * channels + c] = sum;
      }
    }
  }
  const image = blankImage(from, { height: newHeight, width: newWidth, channels });
  const rowSize = newWidth * channels;
  for (let i = 0; i < newHeight; i++) {
    const weights = vertical.weights[i] as Float64Array;
    for (let column = 0; column < rowSize; column++) {
      let sum = 0;
      let at = (vertical.starts[i] as number) * rowSize + column;
      for (let k = 0; k < weights.length; k++, at += rowSize) sum += (weights[k] as number) * (rows[at] as number);
      image.data[i * rowSize + column] = from.dtype === 'uint8' ? Math.round(sum) : sum;
    }
  }
  return image;
}
