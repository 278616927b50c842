import { FormatError } from '@jogak/ops';
import { Inflate } from 'fflate';
import { platform } from '#platform';

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
  const bytes = unpack(packed, limit, where);
  if (!bytes) throw new FormatError(`${where} unpacks to more than ${limit} bytes, which is not what it should be`);
  return bytes;
}

function unpack(packed: Uint8Array, limit: number, where: string): Uint8Array | undefined {
  try {
    return (platform.inflate ?? inflateInSteps)(packed, limit);
  } catch (error) {
    throw new FormatError(`${where} is truncated or corrupted: it cannot be unpacked (${(error as Error).message})`, { cause: error });
  }
}

/** In plain JavaScript, where the platform has nothing better. */
function inflateInSteps(packed: Uint8Array, limit: number): Uint8Array | undefined {
  let bytes = new Uint8Array(Math.min(limit, step));
  let length = 0;
  const stream = new Inflate(chunk => {
    const start = length;
    length += chunk.length;
    if (length > limit) return;
    if (length > bytes.length) bytes = grown(bytes, length, limit);
    bytes.set(chunk, start);
  });
  for (let start = 0; (start < packed.length || start === 0) && length <= limit; start += step)
    stream.push(packed.subarray(start, start + step), start + step >= packed.length);
  if (length > limit) return undefined;
  return bytes.length === length ? bytes : bytes.slice(0, length);
}

/** The same bytes with room for `needed` or twice as many, but for no more than `limit`, which for most files is exactly what comes out. */
function grown(bytes: Uint8Array<ArrayBuffer>, needed: number, limit: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(limit, Math.max(needed, 2 * bytes.length)));
  larger.set(bytes);
  return larger;
}
