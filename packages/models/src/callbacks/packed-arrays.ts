import { type HostArray, hostArray, type Json } from '@jogak/ops';

/** float32 arrays as JSON, to the bit: what a callback's state holds weights as. */
export function packArrays(arrays: readonly HostArray[]): Json {
  return arrays.map(({ data, shape }) => ({ shape, data: toBase64(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)) }));
}

/** The arrays of {@link packArrays}. */
export function unpackArrays(packed: Json): HostArray[] {
  return (packed as readonly { shape: number[]; data: string }[]).map(({ shape, data }) =>
    hostArray(new Float32Array(fromBase64(data).buffer), shape),
  );
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  // A call takes only so many arguments.
  for (let start = 0; start < bytes.length; start += 0x8000) text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return btoa(text);
}

function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
}
