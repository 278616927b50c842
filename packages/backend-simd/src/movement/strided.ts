import type { DataType } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';

/** Axes that the kernel loops over. */
const MOST_AXES = 6;
/** Numbers in a chunk. */
const CHUNK = 16384;

/** Bytes of an element; `undefined` for types that are not kept as numbers in memory. */
export function bytesOf(dtype: DataType): 4 | 1 | undefined {
  if (dtype === 'float32' || dtype === 'int32') return 4;
  return dtype === 'bool' ? 1 : undefined;
}

/** How far apart neighbours along each axis are, in elements, in a row-major array. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  for (let axis = shape.length - 1, stride = 1; axis >= 0; stride *= shape[axis--]!) strides[axis] = stride;
  return strides;
}

/**
 * Copies elements from address `from` to address `to` over axes of `lengths`, each array with its own strides, in elements.
 *
 * @returns false, with nothing done, where more than six axes are left when those that can be walked as one are joined
 */
export function copyStrided(
  backend: SimdBackend,
  bytes: 4 | 1,
  from: number,
  to: number,
  lengths: readonly number[],
  fromStrides: readonly number[],
  toStrides: readonly number[],
): boolean {
  const n: number[] = [];
  const f: number[] = [];
  const t: number[] = [];
  for (let axis = 0; axis < lengths.length; axis++) {
    const length = lengths[axis]!;
    if (length === 0) return true;
    if (length === 1) continue;
    const fromStride = fromStrides[axis]!;
    const toStride = toStrides[axis]!;
    const last = n.length - 1;
    if (last >= 0 && f[last] === fromStride * length && t[last] === toStride * length) {
      n[last] = n[last]! * length;
      f[last] = fromStride;
      t[last] = toStride;
    } else {
      n.push(length);
      f.push(fromStride);
      t.push(toStride);
    }
  }
  if (n.length > MOST_AXES) return false;
  while (n.length < MOST_AXES) {
    n.unshift(1);
    f.unshift(0);
    t.unshift(0);
  }
  // A transposition in the plane of the last two axes reads along one and writes along the other.
  const along = f.lastIndexOf(1);
  if (along >= 0 && along < MOST_AXES - 2 && t[MOST_AXES - 1] === 1) {
    for (const list of [n, f, t]) list.splice(MOST_AXES - 2, 0, list.splice(along, 1)[0]!);
  }
  const rows = n[4]!;
  const columns = n[5]!;
  const block = Math.min(rows, Math.max(4, Math.floor(CHUNK / columns) & ~3));
  const perChunk = Math.max(1, Math.floor(CHUNK / (block * columns)));
  const units = n[0]! * n[1]! * n[2]! * n[3]! * Math.ceil(rows / block);
  backend.run(bytes === 4 ? 'copy32' : 'copy8', Math.ceil(units / perChunk), from, to, perChunk, block, ...n, ...f, ...t);
  return true;
}

/** Copies `rows` rows of `length` elements, `fromStride` and `toStride` elements apart. */
export function copyRows(
  backend: SimdBackend,
  bytes: 4 | 1,
  from: number,
  to: number,
  rows: number,
  length: number,
  fromStride: number,
  toStride: number,
): void {
  if (rows === 0 || length === 0) return;
  const block = rows === 1 ? 1 : Math.max(1, Math.floor(CHUNK / length));
  const chunks = Math.ceil(rows / block);
  const kernel = bytes === 4 ? 'copy32' : 'copy8';
  backend.run(kernel, chunks, from, to, 1, block, 1, 1, 1, 1, rows, length, 0, 0, 0, 0, fromStride, 1, 0, 0, 0, 0, toStride, 1);
}
