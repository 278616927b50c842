import { encode } from 'fast-png';
import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ConfigError, FormatError } from '../../errors.js';
import { hostArray } from '../../host-array.js';
import { pngs } from '../golden.testing.js';
import { decodePng } from './decode-png.js';
import { chunksOf, pngOf } from './png.testing.js';

const header = (width: number, height: number, depth: number, colorType: number, ...rest: number[]): Uint8Array => {
  const bytes = new Uint8Array(13);
  new DataView(bytes.buffer).setUint32(0, width);
  new DataView(bytes.buffer).setUint32(4, height);
  bytes.set([depth, colorType, ...rest], 8);
  return bytes;
};
const grey2x1 = header(2, 1, 8, 0);
const pixels = zlibSync(Uint8Array.of(0, 10, 20));
const end = ['IEND', new Uint8Array(0)] as const;
const good = pngOf(['IHDR', grey2x1], ['IDAT', pixels], end);

describe('decodePng', () => {
  it.each(pngs)('reads $name', ({ png, image }) => expect(decodePng(png)).toEqual(image));

  it('reads what another encoder wrote', () => {
    const data = Uint8Array.from({ length: 20 * 17 * 4 }, (_, i) => (i * i) % 251);
    const png = encode({ width: 17, height: 20, channels: 4, data });
    expect(decodePng(png)).toEqual(hostArray(data, [20, 17, 4]));
  });

  it('reads from a view into a larger buffer', () => {
    const buffer = new Uint8Array(good.length + 10);
    buffer.set(good, 5);
    expect(decodePng(buffer.subarray(5, 5 + good.length))).toEqual(hostArray(Uint8Array.of(10, 20), [1, 2, 1]));
  });

  it('lays alpha on white, and takes the lightness of colors', () => {
    const rgba = Uint8Array.of(255, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 51);
    const png = encode({ width: 3, height: 1, channels: 4, data: rgba });
    expect([...decodePng(png, { channels: 3 }).data]).toEqual([255, 0, 0, 255, 255, 255, 204, 204, 204]);
    expect([...decodePng(png, { channels: 1 }).data]).toEqual([76, 255, 204]);
    expect([...decodePng(png, { channels: 4 }).data]).toEqual([...rgba]);
  });

  it('repeats grey for colors', () => {
    expect(decodePng(good, { channels: 3 })).toEqual(hostArray(Uint8Array.of(10, 10, 10, 20, 20, 20), [1, 2, 3]));
    expect(decodePng(good, { channels: 4 })).toEqual(hostArray(Uint8Array.of(10, 10, 10, 255, 20, 20, 20, 255), [1, 2, 4]));
  });

  it('says which option is wrong', () => {
    expect(() => decodePng(good, { channels: 2 as 1 })).toThrow(new ConfigError('decodePng: channels must be 0, 1, 3 or 4; got 2'));
  });
});

describe('a file that is no PNG', () => {
  it.each([
    [Uint8Array.of(), 'this is no PNG image: it is empty; get the file again'],
    [Uint8Array.of(1, 2, 3), 'this is no PNG image: it does not begin with the PNG signature; save it as PNG first'],
    [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'this is no PNG image: it begins like a JPEG image; save it as PNG first'],
    [new TextEncoder().encode('GIF89a'), 'this is no PNG image: it begins like a GIF image; save it as PNG first'],
  ])('is named', (bytes, message) => expect(() => decodePng(bytes)).toThrow(new FormatError(message)));
});

describe('a damaged PNG', () => {
  const corrupted = (what: string): FormatError => new FormatError(`this PNG is corrupted: ${what}; get the file again`);
  const truncated = (what: string): FormatError => new FormatError(`this PNG is truncated: ${what}; get the file again`);
  const flipped = (png: Uint8Array, at: number): Uint8Array => png.map((byte, i) => (i === at ? byte ^ 1 : byte));

  it('is named wherever it was cut', () => {
    for (let length = 8; length < good.length; length++)
      expect(() => decodePng(good.subarray(0, length))).toThrow(/^this PNG is truncated: .* get the file again$/);
    expect(() => decodePng(good.subarray(0, 40))).toThrow(truncated('the file ends at byte 40, before its IEND chunk'));
    expect(() => decodePng(good.subarray(0, 46))).toThrow(truncated('the IDAT chunk at byte 33 has 11 bytes, of which 1 are there'));
  });

  it('is named wherever a bit is turned', () => {
    for (let at = 8; at < good.length - 12; at++) expect(() => decodePng(flipped(good, at))).toThrow(FormatError);
    expect(() => decodePng(flipped(good, 43))).toThrow(corrupted('the checksum of the IDAT chunk at byte 33 is wrong'));
  });

  it.each<[string, Uint8Array, FormatError]>([
    ['no header', pngOf(['IDAT', pixels], end), corrupted('the first chunk is IDAT, not IHDR')],
    ['two headers', pngOf(['IHDR', grey2x1], ['IHDR', grey2x1], end), corrupted('it has two IHDR chunks')],
    ['no pixels', pngOf(['IHDR', grey2x1], end), corrupted('it has no IDAT chunk, and so no pixels')],
    ['no width', pngOf(['IHDR', header(0, 1, 8, 0)], ['IDAT', pixels], end), corrupted('its header says 0 × 1 pixels')],
    [
      'an impossible kind',
      pngOf(['IHDR', header(2, 1, 4, 2)], ['IDAT', pixels], end),
      corrupted('its header says color type 2 with 4 bits a sample'),
    ],
    [
      'an unknown interlace method',
      pngOf(['IHDR', header(2, 1, 8, 0, 0, 0, 2)], ['IDAT', pixels], end),
      corrupted('its header says compression 0, filter method 0 and interlace method 2'),
    ],
    [
      'no palette',
      pngOf(['IHDR', header(2, 1, 8, 3)], ['IDAT', pixels], end),
      corrupted('it has no PLTE chunk, the palette that its pixels point into'),
    ],
    [
      'a color outside of the palette',
      pngOf(['IHDR', header(2, 1, 8, 3)], ['PLTE', new Uint8Array(33)], ['IDAT', pixels], end),
      corrupted('a pixel has color 20 of a palette of 11'),
    ],
    ['broken pixels', pngOf(['IHDR', grey2x1], ['IDAT', Uint8Array.of(1, 2, 3)], end), corrupted('its pixels cannot be unpacked')],
    ['too few pixels', pngOf(['IHDR', header(3, 1, 8, 0)], ['IDAT', pixels], end), corrupted('its pixels take 3 bytes, its header says 4')],
    [
      'too many pixels',
      pngOf(['IHDR', header(1, 1, 8, 0)], ['IDAT', pixels], end),
      corrupted('its pixels take more bytes, its header says 2'),
    ],
    [
      'an unknown filter',
      pngOf(['IHDR', grey2x1], ['IDAT', zlibSync(Uint8Array.of(5, 1, 2))], end),
      corrupted('a row has the unknown filter 5'),
    ],
    [
      'an unknown chunk that matters',
      pngOf(['IHDR', grey2x1], ['CgBI', new Uint8Array(4)], ['IDAT', pixels], end),
      new FormatError('this PNG needs a reader that knows its CgBI chunk; save the image anew'),
    ],
  ])('with %s is named', (_, png, error) => expect(() => decodePng(png)).toThrow(error));

  it('that claims an absurd size is refused before anything is allocated for it', () => {
    expect(() => decodePng(pngOf(['IHDR', header(0xffffffff, 0xffffffff, 16, 6)], ['IDAT', pixels], end))).toThrow(
      new FormatError('this PNG says it has 4294967295 × 4294967295 pixels, more than the 33177600 allowed; raise maxPixels to read it'),
    );
    expect(() => decodePng(pngOf(['IHDR', header(5000, 6000, 16, 6)], ['IDAT', pixels], end))).toThrow(
      corrupted('its 11 bytes of pixels cannot hold the 240006000 that its header says'),
    );
    expect(() => decodePng(good, { maxPixels: 1 })).toThrow(/2 × 1 pixels, more than the 1 allowed/);
  });

  it('that unpacks to far more than its header says takes no memory for it', () => {
    const bomb = zlibSync(new Uint8Array(4_000_000));
    expect(() => decodePng(pngOf(['IHDR', grey2x1], ['IDAT', bomb], end))).toThrow(
      corrupted('its pixels take more bytes, its header says 3'),
    );
    const large = new Uint8Array(5000);
    expect(() => decodePng(pngOf(['IHDR', grey2x1], ['IDAT', large], end))).toThrow(
      corrupted('its 5000 bytes of pixels are more than its header says'),
    );
  });
});

describe('chunks that pixels do not depend on', () => {
  it('are passed over, damaged or not', () => {
    const [head, ...rest] = chunksOf(good);
    const withText = pngOf(head!, ['tEXt', Uint8Array.of(1)], ['iCCP', Uint8Array.of(0)], ['acTL', new Uint8Array(8)], ...rest);
    expect(decodePng(withText)).toEqual(decodePng(good));
  });
});
