import { FormatError } from '@jogak/ops';
import { ByteReader } from './byte-reader.js';
import { crc32 } from './crc32.js';
import { inflate } from './inflate.js';

/** Whether `bytes` begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

const headerCrc = 2;
const extraField = 4;
const originalName = 8;
const comment = 16;

/**
 * Unpacks a gzip file (RFC 1952) of one member, and checks its CRC-32 and its length.
 *
 * @param bytes the file
 * @param limit most bytes that may come out @default 2^30
 * @param where what the bytes are, as errors name it @default 'the gzip file'
 * @throws {FormatError} when it is no gzip file, is truncated or corrupted, has bytes after its end, or unpacks to more than `limit` bytes.
 */
export function gunzip(bytes: Uint8Array, limit: number = 2 ** 30, where = 'the gzip file'): Uint8Array {
  if (!isGzip(bytes)) throw new FormatError(`${where} is not a gzip file: it does not begin with 1f 8b`);
  const reader = new ByteReader(bytes, where);
  reader.take(2);
  const method = reader.uint8();
  if (method !== 8) throw new FormatError(`${where} is packed with method ${method}; only 8, deflate, is known`);
  const flags = reader.uint8();
  reader.take(6);
  if (flags & extraField) reader.take(reader.uint16());
  if (flags & originalName) skipText(reader);
  if (flags & comment) skipText(reader);
  if (flags & headerCrc) reader.take(2);
  const packed = reader.take(Math.max(0, reader.remaining - 8));
  const expectedCrc = reader.uint32();
  const expectedLength = reader.uint32();
  const unpacked = inflate(packed, limit, where);
  if (unpacked.length % 2 ** 32 !== expectedLength || crc32(unpacked) !== expectedCrc)
    throw new FormatError(`${where} is corrupted, or has bytes after its end: its length and CRC-32 do not match what it holds`);
  return unpacked;
}

function skipText(reader: ByteReader): void {
  while (reader.uint8() !== 0);
}
