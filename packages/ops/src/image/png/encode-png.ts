import { zlibSync } from 'fflate';
import { ConfigError, ShapeError } from '../../errors.js';
import type { HostArray } from '../../host-array.js';
import { checkImage } from '../image.js';
import { concatenate, pngSignature } from './chunks.js';
import { crc32 } from './crc32.js';

/** Color type by number of channels. */
const colorTypes = [0, 4, 2, 6] as const;

/**
 * A PNG file of an image, eight bits a sample.
 *
 * @param image `[height, width, channels]`, uint8: grey, grey and alpha, RGB, or RGB and alpha
 * @throws {ShapeError} when it has not 1 to 4 channels
 * @throws {ConfigError} when it is not of bytes
 */
export function encodePng(image: HostArray): Uint8Array {
  const { sizes } = checkImage(image, 'encodePng');
  const { height, width, channels } = sizes;
  if (!(image.data instanceof Uint8Array))
    throw new ConfigError(`encodePng takes images of uint8; got ${image.dtype}: scale it to 0 … 255 and round it first`);
  const colorType = colorTypes[channels - 1];
  if (colorType === undefined) throw new ShapeError(`encodePng needs an image of 1 to 4 channels; got ${channels}`);

  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 8;
  header[9] = colorType;

  // Each row begins with its filter; 0 is none.
  const bytesPerRow = width * channels;
  const rows = new Uint8Array(height * (1 + bytesPerRow));
  for (let row = 0; row < height; row++)
    rows.set(image.data.subarray(row * bytesPerRow, (row + 1) * bytesPerRow), row * (1 + bytesPerRow) + 1);

  return concatenate([pngSignature, chunk('IHDR', header), chunk('IDAT', zlibSync(rows)), chunk('IEND', new Uint8Array(0))]);
}

function chunk(type: string, contents: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + contents.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, contents.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(contents, 8);
  view.setUint32(8 + contents.length, crc32(bytes.subarray(4, 8 + contents.length)));
  return bytes;
}
