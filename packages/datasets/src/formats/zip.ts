import { FormatError } from '@jogak/ops';
import { ByteReader } from './byte-reader.js';
import { crc32 } from './crc32.js';
import { inflate } from './inflate.js';

/** A zip archive: names, and their contents when asked for. */
export interface ZipArchive {
  readonly names: readonly string[];
  /** Unpacks one entry and checks its CRC-32. @throws {FormatError} when there is none of this name, or it is corrupted. */
  read(name: string): Uint8Array;
}

interface ZipEntry {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const longestComment = 65535;
const inZip64 = 0xffffffff;

/**
 * Opens a zip archive (stored and deflated entries, sizes of 64 bits) by its directory, which must reach the end of the file.
 *
 * @param bytes the file
 * @param where what the bytes are, as errors name it @default 'the zip file'
 * @throws {FormatError} when it is none, or is truncated or corrupted.
 */
export function openZip(bytes: Uint8Array, where = 'the zip file'): ZipArchive {
  const entries = readDirectory(bytes, where);
  return {
    names: [...entries.keys()],
    read: name => {
      const entry = entries.get(name);
      if (!entry) throw new FormatError(`${where} has no entry ${name}; it has ${[...entries.keys()].join(', ')}`);
      return readEntry(bytes, entry, `${name} in ${where}`);
    },
  };
}

function readDirectory(bytes: Uint8Array, where: string): Map<string, ZipEntry> {
  const end = new ByteReader(bytes, where);
  end.position = endOfDirectory(bytes, where) + 10;
  const count = end.uint16();
  const length = end.uint32();
  const start = end.uint32();
  if (start + length > bytes.length) throw new FormatError(`${where} is corrupted: its directory lies outside of it`);
  const reader = new ByteReader(bytes.subarray(start, start + length), `the directory of ${where}`);
  const entries = new Map<string, ZipEntry>();
  for (let i = 0; i < count; i++) {
    const [name, entry] = directoryEntry(reader, where);
    if (entries.has(name)) throw new FormatError(`${where} has two entries named ${name}`);
    entries.set(name, entry);
  }
  if (reader.remaining > 0) throw new FormatError(`${where} is corrupted: its directory has more than the ${count} entries that it states`);
  return entries;
}

/** Offset of the record that ends the archive: the last one whose comment reaches exactly the end of the file. */
function endOfDirectory(bytes: Uint8Array, where: string): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = bytes.length - endLength;
  for (let at = last; at >= 0 && at >= last - longestComment; at--) {
    if (view.getUint32(at, true) === endSignature && at + endLength + view.getUint16(at + 20, true) === bytes.length) return at;
  }
  throw new FormatError(`${where} is not a zip file, is truncated, or has bytes after its end: the record that ends one is not there`);
}

function directoryEntry(reader: ByteReader, where: string): [string, ZipEntry] {
  if (reader.uint32() !== entrySignature) throw new FormatError(`${where} is corrupted: an entry of its directory has a wrong signature`);
  reader.take(4);
  const flags = reader.uint16();
  const method = reader.uint16();
  reader.take(4);
  const crc = reader.uint32();
  let packedSize = reader.uint32();
  let size = reader.uint32();
  const nameLength = reader.uint16();
  const extraLength = reader.uint16();
  const commentLength = reader.uint16();
  reader.take(8);
  let offset = reader.uint32();
  const name = new TextDecoder().decode(reader.take(nameLength));
  const extra = new ByteReader(reader.take(extraLength), reader.where);
  reader.take(commentLength);
  while (extra.remaining > 0) {
    const id = extra.uint16();
    const field = new ByteReader(extra.take(extra.uint16()), reader.where);
    if (id !== 1) continue;
    if (size === inZip64) size = field.uint64();
    if (packedSize === inZip64) packedSize = field.uint64();
    if (offset === inZip64) offset = field.uint64();
  }
  return [name, { flags, method, crc, packedSize, size, offset }];
}

function readEntry(bytes: Uint8Array, entry: ZipEntry, where: string): Uint8Array {
  const reader = new ByteReader(bytes, where);
  reader.position = Math.min(entry.offset, bytes.length);
  if (reader.uint32() !== localSignature) throw new FormatError(`${where} is corrupted: its header has a wrong signature`);
  if (entry.flags & 1) throw new FormatError(`${where} is encrypted, which is not supported`);
  reader.take(22);
  const nameLength = reader.uint16();
  reader.take(nameLength + reader.uint16());
  const packed = reader.take(entry.packedSize);
  if (entry.method !== 0 && entry.method !== 8)
    throw new FormatError(`${where} is packed with method ${entry.method}; only 0, stored, and 8, deflate, are known`);
  const content = entry.method === 0 ? packed : inflate(packed, entry.size, where);
  if (content.length !== entry.size || crc32(content) !== entry.crc)
    throw new FormatError(`${where} is corrupted: its size and CRC-32 do not match what it holds`);
  return content;
}
