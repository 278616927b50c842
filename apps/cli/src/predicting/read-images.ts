import { gunzip, parseIdx } from '@jogak/datasets';
import type { ImageFormat } from '@jogak/models';
import {
  DataError,
  decodePng,
  FormatError,
  type HostArray,
  hostArray,
  invertImage,
  isJogakError,
  resizeImage,
  sliceRows,
} from '@jogak/ops';
import { readInput, splitRow } from './input-file.js';
import type { RawInput } from './raw-input.js';

const pngMagic = [0x89, 0x50, 0x4e, 0x47];
const gzipMagic = [0x1f, 0x8b];

/**
 * An image that a PNG file holds, or a row of an IDX file.
 *
 * @throws {DataError} when there is no such file or row, or the row is of another size
 * @throws {FormatError} when the file is damaged, or neither
 */
export async function* readImages(input: string, givenRow: number | undefined, format: ImageFormat): AsyncGenerator<RawInput> {
  const { path, row } = splitRow(input, givenRow);
  const bytes = await readInput(path, 'PNG images and rows of IDX files (FILE#ROW)');
  if (begins(bytes, pngMagic) && row !== undefined) throw new DataError(`${path} is an image and has no rows: leave the row out`);
  if (begins(bytes, pngMagic)) yield { name: path, values: asBatch(fitted(decode(bytes, path, format), format)) };
  else yield readRow(bytes, path, row, format);
}

const begins = (bytes: Uint8Array, magic: readonly number[]): boolean => magic.every((byte, index) => bytes[index] === byte);

function decode(bytes: Uint8Array, path: string, { channels }: ImageFormat): HostArray {
  try {
    return decodePng(bytes, { channels: channels as 1 | 3 });
  } catch (error) {
    if (isJogakError(error, 'format')) throw new FormatError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** An image as those that the model was trained on: of their size, and where they are bright on dark ground, so too. */
function fitted(image: HostArray, { height, width, brightOnDark }: ImageFormat): HostArray {
  if (!brightOnDark) return resizeImage(image, [height, width]);
  const dark = borderMean(image) > 127.5 ? invertImage(image) : image;
  return resizeImage(dark, [height, width], { keepAspect: 'pad' });
}

/** Mean of the pixels at an image's border: of the ground that things stand on. */
function borderMean({ data, shape }: HostArray): number {
  const [height, width, channels] = shape as [number, number, number];
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height; y++) {
    const inside = y > 0 && y < height - 1;
    for (let x = 0; x < width; x += inside ? Math.max(1, width - 1) : 1) {
      for (let c = 0; c < channels; c++, count++) sum += Number(data[(y * width + x) * channels + c]);
    }
  }
  return sum / count;
}

function readRow(bytes: Uint8Array, path: string, row: number | undefined, format: ImageFormat): RawInput {
  const unpacked = begins(bytes, gzipMagic) ? gunzip(bytes, 2 ** 30, path) : bytes;
  if (unpacked[0] !== 0 || unpacked[1] !== 0) throw new FormatError(`${path} is neither a PNG image nor an IDX file`);
  if (row === undefined) throw new DataError(`${path} holds many images: say which, as ${path}#0 or --row 0`);
  const images = parseIdx(unpacked, path);
  const [count = 0] = images.shape;
  const { height, width, channels } = format;
  if (row >= count) throw new DataError(`${path} has rows 0 to ${count - 1}; got ${row}`);
  const size = images.shape.slice(1);
  if (images.dtype !== 'uint8' || size.length < 2 || size[0] !== height || size[1] !== width || (size[2] ?? 1) !== channels)
    throw new DataError(
      `${path} holds ${images.dtype} [${images.shape.join(', ')}]; the model reads images of ${height} × ${width} × ${channels} bytes`,
    );
  return { name: `${path}#${row}`, row, values: hostArray(sliceRows(images, row, row + 1).data, [1, height, width, channels], 'uint8') };
}

const asBatch = (image: HostArray): HostArray => hostArray(image.data, [1, ...image.shape], 'uint8');
