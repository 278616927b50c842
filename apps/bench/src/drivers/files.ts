import { readFileSync } from 'node:fs';
import type { FileArray } from '../protocol.js';

/** The numbers of an array's file. */
export function readArray({ path, dtype }: FileArray): Float32Array | Int32Array | Uint8Array {
  const bytes = Uint8Array.from(readFileSync(path));
  if (dtype === 'uint8') return bytes;
  return dtype === 'int32' ? new Int32Array(bytes.buffer) : new Float32Array(bytes.buffer);
}

/** The same as float32, each multiplied by `scale`. */
export function readFloats(array: FileArray, scale = 1): Float32Array {
  const values = readArray(array);
  if (values instanceof Float32Array && scale === 1) return values;
  const floats = new Float32Array(values.length);
  for (let i = 0; i < floats.length; i++) floats[i] = (values[i] as number) * scale;
  return floats;
}
