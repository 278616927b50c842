import { FormatError } from '../../errors.js';
import type { HostArray } from '../../host-array.js';
import { positiveInteger } from '../../options/kinds.js';
import { Expected, type Option, parseOptions } from '../../options/option.js';
import { withChannels } from '../channels.js';
import type { ImageArray } from '../image.js';
import { corrupted, type PngHeader, type PngParts, readChunks } from './chunks.js';
import { readSamples, samplesPerPixel } from './scanlines.js';

/** Channels of a decoded image: 1 grey, 3 RGB, 4 RGB and alpha, 0 whatever the file has. */
export type PngChannels = 0 | 1 | 3 | 4;

/** Options of {@link decodePng}. */
export interface DecodePngOptions {
  /**
   * Channels of the result: 1 grey, 3 RGB, 4 RGB and alpha; 0 those of the file (1 to 4, with 2 for grey and alpha; a palette is RGB,
   * and transparent colors make an alpha channel).
   *
   * @default 0
   */
  channels?: PngChannels;
  /** Images of more pixels are refused before anything is allocated for them. @default 33177600, an 8K frame */
  maxPixels?: number;
}

const channelsOption: Option<PngChannels> = {
  required: false,
  default: 0,
  parse: value => {
    if (value !== 0 && value !== 1 && value !== 3 && value !== 4) throw new Expected('0, 1, 3 or 4');
    return value;
  },
  serialize: value => value,
};

/**
 * The pixels of a PNG image of any kind: grey, RGB or palette, with or without alpha, 1 to 16 bits, interlaced or not.
 *
 * Samples of fewer or more than eight bits are scaled to 0 … 255, rounded to the nearest. Where alpha is dropped, the image is laid on
 * white; where color is, its lightness stays (see {@link toGrey}). Gamma and color profiles are not applied, and of an animation it
 * is the first picture.
 *
 * @returns `[height, width, channels]`, uint8
 * @throws {FormatError} when `bytes` are no PNG, or a truncated, corrupted or too large one
 * @throws {ConfigError} when an option is wrong or unknown
 */
export function decodePng(bytes: Uint8Array, options: DecodePngOptions = {}): HostArray {
  const table = { channels: channelsOption, maxPixels: positiveInteger(7680 * 4320) };
  const { channels, maxPixels } = parseOptions<Required<DecodePngOptions>>(table, options, 'decodePng');
  const parts = readChunks(bytes);
  const { width, height } = parts.header;
  if (width * height > maxPixels)
    throw new FormatError(
      `this PNG says it has ${width} × ${height} pixels, more than the ${maxPixels} allowed; raise maxPixels to read it`,
    );
  const image = pixelsOf(parts);
  return channels === 0 ? image : withChannels(image, channels, 'decodePng');
}

/** Samples as bytes, with colors for palette entries and alpha for transparent colors. */
function pixelsOf(parts: PngParts): ImageArray {
  const { header, palette, transparency } = parts;
  const samples = readSamples(parts);
  if (palette) return fromPalette(header, samples, palette, transparency);
  const bytes = toBytes(samples, header.depth);
  const colors = samplesPerPixel(header);
  if (!transparency) return image(header, colors, bytes);
  return image(header, colors + 1, withTransparentColor(samples, bytes, colors, transparency));
}

function image({ width, height }: PngHeader, channels: number, data: Uint8Array): ImageArray {
  return { data, shape: [height, width, channels], dtype: 'uint8' };
}

/** Samples scaled from 0 … 2^depth − 1 to 0 … 255. */
function toBytes(samples: Uint8Array | Uint16Array, depth: number): Uint8Array {
  if (depth === 8) return samples as Uint8Array;
  const scale = 255 / ((1 << depth) - 1);
  const bytes = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) bytes[i] = Math.round((samples[i] as number) * scale);
  return bytes;
}

function fromPalette(header: PngHeader, indices: ArrayLike<number>, palette: Uint8Array, alphas: Uint8Array | undefined): ImageArray {
  const entries = palette.length / 3;
  if (alphas && alphas.length > entries) throw corrupted(`it has ${alphas.length} transparencies for ${entries} palette entries`);
  const channels = alphas ? 4 : 3;
  const data = new Uint8Array(indices.length * channels);
  for (let pixel = 0; pixel < indices.length; pixel++) {
    const entry = indices[pixel] as number;
    if (entry >= entries) throw corrupted(`a pixel has color ${entry} of a palette of ${entries}`);
    data.set(palette.subarray(3 * entry, 3 * entry + 3), pixel * channels);
    if (alphas) data[pixel * channels + 3] = alphas[entry] ?? 255;
  }
  return image(header, channels, data);
}

/** Adds an alpha channel: 0 where a pixel has the one color that counts as transparent, 255 elsewhere. */
function withTransparentColor(samples: ArrayLike<number>, bytes: Uint8Array, colors: number, transparency: Uint8Array): Uint8Array {
  if (colors % 2 === 0 || transparency.length !== 2 * colors)
    throw corrupted(`its tRNS chunk has ${transparency.length} bytes, which does not go with its colors`);
  const transparent = Array.from(
    { length: colors },
    (_, c) => ((transparency[2 * c] as number) << 8) | (transparency[2 * c + 1] as number),
  );
  const pixels = samples.length / colors;
  const data = new Uint8Array(pixels * (colors + 1));
  for (let pixel = 0; pixel < pixels; pixel++) {
    data.set(bytes.subarray(pixel * colors, (pixel + 1) * colors), pixel * (colors + 1));
    const matches = transparent.every((sample, c) => samples[pixel * colors + c] === sample);
    data[pixel * (colors + 1) + colors] = matches ? 0 : 255;
  }
  return data;
}
