import { ConfigError } from '../errors.js';
import type { HostArray } from '../host-array.js';
import { boolean, number, oneOf } from '../options/kinds.js';
import { Expected, type Option, parseOptions, show } from '../options/option.js';
import { blankImage, checkImage, type ImageArray, type ImageSizes } from './image.js';
import { area, bilinear, nearest, type Resampling, type ResizedAxis } from './resampling.js';

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

  const axis = (source: number, other: number, target: number, otherTarget: number): Resampling => {
    const resized = framedAxis(source, Math.floor((other * target) / otherTarget), target, keepAspect);
    if (method === 'nearest') return nearest(resized);
    return method === 'area' ? area(resized) : bilinear(resized, antialias);
  };
  const [height, width] = size;
  return resample(from, sizes, axis(sizes.height, sizes.width, height, width), axis(sizes.width, sizes.height, width, height), fill);
}

/**
 * The axis that is resized: the source's own, or one that comes near the target's aspect ratio, at which it has `fit` places, no shorter
 * than the source ('pad') or no longer ('crop'). As in Keras, padding puts as much after as before, and so may lack one place.
 */
function framedAxis(sourceSize: number, fit: number, to: number, keepAspect: 'pad' | 'crop' | false): ResizedAxis {
  if (keepAspect === 'pad') {
    const before = Math.floor(Math.max(0, fit - sourceSize) / 2);
    return { from: sourceSize + 2 * before, to, sourceSize, offset: -before };
  }
  const from = keepAspect === 'crop' ? Math.max(1, Math.min(sourceSize, fit)) : sourceSize;
  return { from, to, sourceSize, offset: Math.floor((sourceSize - from) / 2) };
}

/** For each new row, first the weighted sum of the source's rows, then that of its columns: one row of the source's width is all it holds. */
function resample(
  from: ImageArray,
  { width, channels }: ImageSizes,
  vertical: Resampling,
  horizontal: Resampling,
  fill: number,
): ImageArray {
  const [newHeight, newWidth] = [vertical.weights.length, horizontal.weights.length];
  const image = blankImage(from, { height: newHeight, width: newWidth, channels });
  const row = new Float64Array(width * channels);
  for (const [i, rowWeights] of vertical.weights.entries()) {
    row.fill(fill * (vertical.outside[i] as number));
    for (const [k, weight] of rowWeights.entries()) {
      const start = ((vertical.starts[i] as number) + k) * row.length;
      for (let at = 0; at < row.length; at++) row[at] = (row[at] as number) + weight * (from.data[start + at] as number);
    }
    for (const [j, weights] of horizontal.weights.entries()) {
      for (let c = 0; c < channels; c++) {
        let sum = fill * (horizontal.outside[j] as number);
        let at = (horizontal.starts[j] as number) * channels + c;
        for (let k = 0; k < weights.length; k++, at += channels) sum += (weights[k] as number) * (row[at] as number);
        image.data[(i * newWidth + j) * channels + c] = from.dtype === 'uint8' ? Math.round(sum) : sum;
      }
    }
  }
  return image;
}
