import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJogakError } from '../../errors.js';
import { sizeOf } from '../../host-array.js';
import { pngs } from '../golden.testing.js';
import { decodePng } from './decode-png.js';
import { chunksOf, pngOf, type TestChunk } from './png.testing.js';

/** Either an image whose data fill its shape, or a FormatError that is one sentence: nothing else may come of any bytes. */
function expectImageOrFormatError(bytes: Uint8Array): void {
  try {
    const image = decodePng(bytes, { channels: 1, maxPixels: 1_000_000 });
    expect(image.data.length).toBe(sizeOf(image.shape));
  } catch (error) {
    if (!isJogakError(error, 'format')) throw error;
    expect(error.message).toMatch(/^this (is no )?PNG .*; (get|save|raise) /);
  }
}

type Edit = { at: number; byte: number };
const edits = fc.array(fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }), { minLength: 1, maxLength: 8 });
const files = fc.constantFrom(...pngs.map(({ png }) => png));

function edited(bytes: Uint8Array, changes: readonly Edit[]): Uint8Array {
  const copy = bytes.slice();
  for (const { at, byte } of changes) if (copy.length > 0) copy[at % copy.length] = byte;
  return copy;
}

describe('decodePng of damaged files', () => {
  it('with bytes changed and the end cut off gives an image or a FormatError', () => {
    fc.assert(
      fc.property(files, edits, fc.nat(), fc.boolean(), (png, changes, cut, cuts) => {
        const damaged = edited(png, changes);
        expectImageOrFormatError(cuts ? damaged.subarray(0, cut % damaged.length) : damaged);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('whose checksums are right all the same gives an image or a FormatError', () => {
    const damage = (chunks: TestChunk[], changes: readonly Edit[], which: number): TestChunk[] =>
      chunks.map(([type, contents], i) => [type, i === which % chunks.length ? edited(contents, changes) : contents]);
    fc.assert(
      fc.property(files, edits, fc.nat(), (png, changes, which) => {
        expectImageOrFormatError(pngOf(...damage(chunksOf(png), changes, which)));
      }),
      { seed: 2, numRuns: 4000 },
    );
  });

  it('with chunks in any order and number gives an image or a FormatError', () => {
    fc.assert(
      fc.property(files, fc.array(fc.nat(), { maxLength: 8 }), (png, order) => {
        const chunks = chunksOf(png);
        expectImageOrFormatError(pngOf(...order.map(i => chunks[i % chunks.length] as TestChunk)));
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  it('of random bytes behind the signature gives a FormatError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        expectImageOrFormatError(Uint8Array.of(...(pngs[0]?.png.subarray(0, 8) ?? []), ...bytes));
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});
