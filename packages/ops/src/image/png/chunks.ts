import { FormatError } from '../../errors.js';
import { crc32 } from './crc32.js';

/** The eight bytes that every PNG begins with. */
export const pngSignature: Uint8Array = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** How pixels are stored. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits a sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha. */
  readonly colorType: number;
  readonly interlaced: boolean;
}

/** What of a PNG's chunks the pixels depend on, checked against their checksums but not yet unpacked. */
export interface PngParts {
  readonly header: PngHeader;
  /** Red, green and blue of each entry. */
  readonly palette?: Uint8Array;
  /** The alpha of palette entries, or the sample values that are transparent. */
  readonly transparency?: Uint8Array;
  /** The zlib stream of the pixels. */
  readonly compressed: Uint8Array;
}

/** Depths allowed for each color type (PNG specification, table 11.1). */
const depthsOf: ReadonlyMap<number, readonly number[]> = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
]);

/**
 * Takes a PNG apart. Chunks that the pixels do not depend on (texts, times, color profiles, animation) are passed over unread.
 *
 * @throws {FormatError} when `bytes` is no PNG, ends early, or a chunk is damaged or not allowed
 */
export function readChunks(bytes: Uint8Array): PngParts {
  if (pngSignature.some((byte, i) => bytes[i] !== byte)) throw new FormatError(notPng(bytes));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: PngHeader | undefined;
  let palette: Uint8Array | undefined;
  let transparency: Uint8Array | undefined;
  const data: Uint8Array[] = [];

  for (let at = pngSignature.length; ; ) {
    if (at + 12 > bytes.length) throw truncated(`the file ends at byte ${bytes.length}, before its IEND chunk`);
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) throw corrupted(`there is no chunk at byte ${at}`);
    if (length > bytes.length - at - 12)
      throw truncated(`the ${type} chunk at byte ${at} has ${length} bytes, of which ${bytes.length - at - 12} are there`);
    const contents = bytes.subarray(at + 8, at + 8 + length);
    const checked = (): Uint8Array => {
      if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length))
        throw corrupted(`the checksum of the ${type} chunk at byte ${at} is wrong`);
      return contents;
    };
    if (!header && type !== 'IHDR') throw corrupted(`the first chunk is ${type}, not IHDR`);

    if (type === 'IHDR') {
      if (header) throw corrupted('it has two IHDR chunks');
      header = readHeader(checked());
    } else if (type === 'PLTE') palette = checked();
    else if (type === 'tRNS') transparency = checked();
    else if (type === 'IDAT') data.push(checked());
    else if (type === 'IEND') break;
    else if (/^[A-Z]/.test(type)) throw new FormatError(`this PNG needs a reader that knows its ${type} chunk; save the image anew`);
    at += 12 + length;
  }
  if (!header) throw corrupted('it has no IHDR chunk');
  if (data.length === 0) throw corrupted('it has no IDAT chunk, and so no pixels');
  return {
    header,
    ...(header.colorType === 3 ? { palette: checkPalette(palette) } : {}),
    ...(transparency ? { transparency } : {}),
    compressed: concatenate(data),
  };
}

function readHeader(contents: Uint8Array): PngHeader {
  if (contents.length !== 13) throw corrupted(`its IHDR chunk has ${contents.length} bytes, not 13`);
  const view = new DataView(contents.buffer, contents.byteOffset, contents.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colorType, compression, filter, interlace] = contents.subarray(8) as unknown as [number, number, number, number, number];
  if (width === 0 || height === 0) throw corrupted(`its header says ${width} × ${height} pixels`);
  if (!depthsOf.get(colorType)?.includes(depth)) throw corrupted(`its header says color type ${colorType} with ${depth} bits a sample`);
  if (compression !== 0 || filter !== 0 || interlace > 1)
    throw corrupted(`its header says compression ${compression}, filter method ${filter} and interlace method ${interlace}`);
  return { width, height, depth, colorType, interlaced: interlace === 1 };
}

function checkPalette(palette: Uint8Array | undefined): Uint8Array {
  if (!palette) throw corrupted('it has no PLTE chunk, the palette that its pixels point into');
  if (palette.length === 0 || palette.length % 3 !== 0 || palette.length > 768)
    throw corrupted(`its palette has ${palette.length} bytes, not three for each of 1 to 256 colors`);
  return palette;
}

/** The bytes of all parts, one after the other. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** What the bytes of another common format begin with. */
const otherFormats: readonly (readonly [name: string, begins: string])[] = [
  ['JPEG', '\xff\xd8\xff'],
  ['GIF', 'GIF8'],
  ['WebP', 'RIFF'],
  ['BMP', 'BM'],
];

function notPng(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'this is no PNG image: it is empty; get the file again';
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  const other = otherFormats.find(([, begins]) => start.startsWith(begins))?.[0];
  const what = other ? `it begins like a ${other} image` : 'it does not begin with the PNG signature';
  return `this is no PNG image: ${what}; save it as PNG first`;
}

/** The error of a file whose bytes contradict each other. */
export function corrupted(what: string): FormatError {
  return new FormatError(`this PNG is corrupted: ${what}; get the file again`);
}

function truncated(what: string): FormatError {
  return new FormatError(`this PNG is truncated: ${what}; get the file again`);
}
