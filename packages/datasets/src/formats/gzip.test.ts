import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { platform } from '#platform';
import { gunzip } from './gzip.js';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const own = platform.inflate;

describe.each([
  { by: 'the platform', inflate: own },
  { by: 'JavaScript', inflate: undefined },
])('gunzip by $by', ({ inflate }) => {
  beforeEach(() => void Object.assign(platform, { inflate }));
  afterEach(() => void Object.assign(platform, { inflate: own }));

  it('unpacks what zlib packs, longer than one step too', () => {
    expect(text(gunzip(gzipSync('hello')))).toBe('hello');
    const bytes = Uint8Array.from({ length: 700_000 }, (_, i) => (i * i * 7919) >>> 3);
    expect(Buffer.compare(gunzip(gzipSync(bytes)), bytes)).toBe(0);
    expect(gunzip(gzipSync(''))).toEqual(new Uint8Array(0));
  });

  it('passes over the optional fields of the header', () => {
    const plain = gzipSync('hello');
    const flags = 2 | 4 | 8 | 16;
    const fields = [3, 0, 1, 2, 3, ...new TextEncoder().encode('name\0comment\0'), 9, 9];
    expect(text(gunzip(Uint8Array.of(...plain.subarray(0, 3), flags, ...plain.subarray(4, 10), ...fields, ...plain.subarray(10))))).toBe(
      'hello',
    );
  });

  it('stops a bomb at the limit', () => {
    const bomb = gzipSync(new Uint8Array(50_000_000));
    expect(() => gunzip(bomb, 1_000_000, 'bomb.gz')).toThrow('bomb.gz unpacks to more than 1000000 bytes, which is not what it should be');
    const bytes = gzipSync('hello');
    expect(gunzip(bytes, 5)).toHaveLength(5);
    for (const limit of [4, 0]) expect(() => gunzip(bytes, limit, 'a.gz')).toThrow(`a.gz unpacks to more than ${limit} bytes`);
  });

  it('says what is wrong with a file', () => {
    const bytes = gzipSync('hello');
    expect(() => gunzip(new Uint8Array(3), 9, 'a.gz')).toThrow('a.gz is not a gzip file: it does not begin with 1f 8b');
    expect(() => gunzip(bytes.subarray(0, 9), 9, 'a.gz')).toThrow('a.gz is truncated: 6 bytes are needed at offset 4, and 5 are left');
    expect(() => gunzip(bytes.subarray(0, -3), 9, 'a.gz')).toThrow('a.gz is truncated or corrupted: it cannot be unpacked');
    expect(() => gunzip(Uint8Array.of(...bytes, 0), 9, 'a.gz')).toThrow(
      'a.gz is corrupted, or has bytes after its end: its length and CRC-32 do not match what it holds',
    );
  });
});
