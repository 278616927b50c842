import { pngSignature } from './chunks.js';
import { crc32 } from './crc32.js';

/** A chunk's type and contents. */
export type TestChunk = readonly [type: string, contents: Uint8Array];

/** A file of the given chunks, with right lengths and checksums. */
export function pngOf(...chunks: readonly TestChunk[]): Uint8Array {
  const bytes = [...pngSignature];
  const word = (value: number): number[] => [24, 16, 8, 0].map(shift => (value >>> shift) & 255);
  for (const [type, contents] of chunks) {
    const body = Uint8Array.of(...[...type].map(letter => letter.charCodeAt(0)), ...contents);
    bytes.push(...word(contents.length), ...body, ...word(crc32(body)));
  }
  return Uint8Array.from(bytes);
}

/** The chunks of a well-formed file. */
export function chunksOf(png: Uint8Array): TestChunk[] {
  const chunks: TestChunk[] = [];
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at);
    chunks.push([String.fromCharCode(...png.subarray(at + 4, at + 8)), png.slice(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  return chunks;
}
