import { FormatError } from '@jogak/ops';
import { Inflate } from 'fflate';

/** Large enough that the calls cost nothing, small enough that a bomb is noticed while it is still small. */
const step = 1 << 18;

/**
 * Unpacks a DEFLATE stream (RFC 1951). Memory grows with what really comes out, never with what a header promises.
 *
 * @param packed the stream, whole
 * @param limit most bytes that may come out
 * @param where what the bytes are, as errors name it
 * @throws {FormatError} when the stream is truncated or corrupted, or more than `limit` bytes come out.
 */
export function inflate(packed: Uint8Array, limit: number, where: string): Uint8Array {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate(chunk => {
    length += chunk.length;
    if (length > limit) throw new FormatError(`${where} unpacks to more than ${limit} bytes, which is not what it should be`);
    chunks.push(chunk);
  });
  try {
    for (let start = 0; start < packed.length || start === 0; start += step)
      stream.push(packed.subarray(start, start + step), start + step >= packed.length);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError(`${where} is truncated or corrupted: it cannot be unpacked (${(error as Error).message})`, { cause: error });
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
