import { FormatError } from '@jogak/ops';

/** Reads numbers and bytes one after the other, and never past the end. */
export class ByteReader {
  private readonly view: DataView;
  position = 0;

  /**
   * @param bytes what is read
   * @param where what the bytes are, as errors name it
   */
  constructor(
    readonly bytes: Uint8Array,
    readonly where: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Bytes that are left. */
  get remaining(): number {
    return this.bytes.length - this.position;
  }

  /** The next `length` bytes, as a view. @throws {FormatError} when there are fewer. */
  take(length: number): Uint8Array {
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  uint8(): number {
    return this.view.getUint8(this.advance(1));
  }

  uint16(littleEndian = true): number {
    return this.view.getUint16(this.advance(2), littleEndian);
  }

  int32(littleEndian = true): number {
    return this.view.getInt32(this.advance(4), littleEndian);
  }

  uint32(littleEndian = true): number {
    return this.view.getUint32(this.advance(4), littleEndian);
  }

  float64(littleEndian = true): number {
    return this.view.getFloat64(this.advance(8), littleEndian);
  }

  /** An unsigned 64-bit integer. @throws {FormatError} above 2^53 − 1, which no size of a file is. */
  uint64(): number {
    const low = this.uint32();
    const value = this.uint32() * 4294967296 + low;
    if (!Number.isSafeInteger(value)) throw new FormatError(`${this.where} is corrupted: it states a size of ${value} bytes`);
    return value;
  }

  private advance(length: number): number {
    if (length > this.remaining)
      throw new FormatError(
        `${this.where} is truncated: ${length} bytes are needed at offset ${this.position}, and ${this.remaining} are left`,
      );
    const start = this.position;
    this.position += length;
    return start;
  }
}
