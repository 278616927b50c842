import { DataError, FormatError, type HostArray } from '@jogak/ops';
import type { LoadOptions } from '../load/load-options.js';

/** Images and the number of each one's class. */
export interface LabeledImages {
  /** `uint8 [n, height, width, channels]`, 0 to 255. */
  readonly x: HostArray;
  /** `uint8 [n]`. */
  readonly y: HostArray;
}

/** An image data set as a loader returns it. */
export interface ImageDataSet {
  readonly train: LabeledImages;
  readonly test: LabeledImages;
  /** What the classes mean, by number. */
  readonly classNames: readonly string[];
}

/** A loader of an image data set. */
export interface ImageLoader {
  /** What the classes mean, by number. */
  readonly classNames: readonly string[];
  /** Loads the data set; see the loader's own page. */
  loadData(options?: LoadOptions): Promise<ImageDataSet>;
}

/**
 * Puts images `uint8 [n, size, size]` and labels `[n]` together, as `x [n, size, size, 1]` and `y uint8 [n]`.
 *
 * @param where both files, as errors name them
 * @throws {FormatError} when they are not of these types and shapes
 * @throws {DataError} when there are not as many labels as images, or a label is no class.
 */
export function labeledImages(
  images: HostArray,
  labels: HostArray,
  size: number,
  classes: number,
  where: { readonly images: string; readonly labels: string },
): LabeledImages {
  const [count = 0, height, width] = images.shape;
  if (images.dtype !== 'uint8' || images.shape.length !== 3 || height !== size || width !== size)
    throw new FormatError(`${where.images} holds ${describe(images)}; expected images, uint8 [n, ${size}, ${size}]`);
  if (labels.dtype !== 'uint8' || labels.shape.length !== 1)
    throw new FormatError(`${where.labels} holds ${describe(labels)}; expected labels, uint8 [n]`);
  if (labels.shape[0] !== count)
    throw new DataError(`${where.images} has ${count} images and ${where.labels} ${labels.shape[0]} labels: they do not belong together`);
  const bad = (labels.data as Uint8Array).findIndex(label => label >= classes);
  if (bad >= 0) throw new DataError(`${where.labels}: label ${bad} is ${labels.data[bad]}; there are classes 0 to ${classes - 1}`);
  return { x: { data: images.data, shape: [count, size, size, 1], dtype: 'uint8' }, y: labels };
}

const describe = (array: HostArray): string => `${array.dtype} [${array.shape.join(', ')}]`;
