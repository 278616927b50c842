import { unzlibSync } from 'fflate';
import { corrupted, type PngHeader, type PngParts } from './chunks.js';

/** Samples a pixel of each color type. */
const samplesOf: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

/** Samples a pixel. */
export function samplesPerPixel({ colorType }: PngHeader): number {
  return samplesOf.get(colorType) as number;
}

/** A sub-image: every `dx`-th pixel of every `dy`-th row, from (`x`, `y`) on. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
}

const wholeImage: readonly Pass[] = [{ x: 0, y: 0, dx: 1, dy: 1 }];

/** The seven sub-images of an interlaced PNG (PNG specification, section 8.2). */
const adam7: readonly Pass[] = [
  { x: 0, y: 0, dx: 8, dy: 8 },
  { x: 4, y: 0, dx: 8, dy: 8 },
  { x: 0, y: 4, dx: 4, dy: 8 },
  { x: 2, y: 0, dx: 4, dy: 4 },
  { x: 0, y: 2, dx: 2, dy: 4 },
  { x: 1, y: 0, dx: 2, dy: 2 },
  { x: 0, y: 1, dx: 1, dy: 2 },
];

interface PassSize {
  readonly pass: Pass;
  readonly width: number;
  readonly height: number;
  readonly bytesPerRow: number;
}

function passSizes(header: PngHeader): PassSize[] {
  const bits = samplesPerPixel(header) * header.depth;
  return (header.interlaced ? adam7 : wholeImage)
    .map(pass => {
      const width = Math.ceil((header.width - pass.x) / pass.dx);
      const height = Math.ceil((header.height - pass.y) / pass.dy);
      return { pass, width, height, bytesPerRow: Math.ceil((width * bits) / 8) };
    })
    .filter(({ width, height }) => width > 0 && height > 0);
}

/**
 * The samples of a PNG as numbers of its own depth, `[height, width, samples per pixel]`.
 *
 * @throws {FormatError} when the zlib stream is damaged, or holds more or less than the header says
 */
export function readSamples({ header, compressed }: Pick<PngParts, 'header' | 'compressed'>): Uint8Array | Uint16Array {
  const passes = passSizes(header);
  const size = passes.reduce((sum, { height, bytesPerRow }) => sum + height * (1 + bytesPerRow), 0);
  const rows = inflate(compressed, size);
  const samples = samplesPerPixel(header);
  const length = header.width * header.height * samples;
  const image = header.depth === 16 ? new Uint16Array(length) : new Uint8Array(length);
  const bytesPerPixel = Math.max(1, (samples * header.depth) / 8);
  let at = 0;
  for (const { pass, width, height, bytesPerRow } of passes) {
    let above: Uint8Array = new Uint8Array(bytesPerRow);
    for (let i = 0; i < height; i++) {
      const row = rows.subarray(at + 1, at + 1 + bytesPerRow);
      unfilter(rows[at] as number, row, above, bytesPerPixel);
      // Most files are of this kind, and whole rows copy many times as fast as single samples.
      if (header.depth === 8 && !header.interlaced) image.set(row, i * bytesPerRow);
      else {
        for (let j = 0; j < width; j++) {
          const pixel = ((pass.y + i * pass.dy) * header.width + pass.x + j * pass.dx) * samples;
          for (let c = 0; c < samples; c++) image[pixel + c] = sampleAt(row, j * samples + c, header.depth);
        }
      }
      above = row;
      at += 1 + bytesPerRow;
    }
  }
  return image;
}

/** Deflate makes no more than 1032 bytes of one: a stream too short for the header's size is refused before anything is allocated. */
const largestExpansion = 1032;

/**
 * Unpacks a zlib stream that has to hold exactly `size` bytes. It is written to one buffer of that size, so that no stream, however
 * made, takes more memory; and it may be no longer than twice that size, so that none takes long.
 */
function inflate(compressed: Uint8Array, size: number): Uint8Array {
  if (compressed.length * largestExpansion < size)
    throw corrupted(`its ${compressed.length} bytes of pixels cannot hold the ${size} that its header says`);
  if (compressed.length > 2 * size + 4096) throw corrupted(`its ${compressed.length} bytes of pixels are more than its header says`);
  let rows: Uint8Array;
  try {
    // fflate drops what does not fit into the buffer: one byte more shows that there was more.
    rows = unzlibSync(compressed, { out: new Uint8Array(size + 1) });
  } catch {
    throw corrupted('its pixels cannot be unpacked');
  }
  if (rows.length !== size) throw corrupted(`its pixels take ${rows.length > size ? 'more' : rows.length} bytes, its header says ${size}`);
  return rows;
}

/** Undoes a row's filter in place (PNG specification, section 9.2): `left`, `above` and `aboveLeft` predict each byte. */
function unfilter(filter: number, row: Uint8Array, above: Uint8Array, bytesPerPixel: number): void {
  if (filter === 0) return;
  const predict = predictors[filter];
  if (!predict) throw corrupted(`a row has the unknown filter ${filter}`);
  for (let i = 0; i < row.length; i++) {
    const left = i < bytesPerPixel ? 0 : (row[i - bytesPerPixel] as number);
    const aboveLeft = i < bytesPerPixel ? 0 : (above[i - bytesPerPixel] as number);
    row[i] = (row[i] as number) + predict(left, above[i] as number, aboveLeft);
  }
}

const predictors: Readonly<Record<number, (left: number, above: number, aboveLeft: number) => number>> = {
  1: left => left,
  2: (_, above) => above,
  3: (left, above) => (left + above) >> 1,
  4: paeth,
};

/** Whichever of the three is nearest to `left + above − aboveLeft`, in this order among equals. */
function paeth(left: number, above: number, aboveLeft: number): number {
  const byLeft = Math.abs(above - aboveLeft);
  const byAbove = Math.abs(left - aboveLeft);
  const byAboveLeft = Math.abs(left + above - 2 * aboveLeft);
  if (byLeft <= byAbove && byLeft <= byAboveLeft) return left;
  return byAbove <= byAboveLeft ? above : aboveLeft;
}

/** Sample `i` of a row; samples of fewer than eight bits are packed from the high end of each byte. */
function sampleAt(row: Uint8Array, i: number, depth: number): number {
  if (depth === 8) return row[i] as number;
  if (depth === 16) return ((row[2 * i] as number) << 8) | (row[2 * i + 1] as number);
  const bit = i * depth;
  return ((row[bit >> 3] as number) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}
