import type { BatchSource } from '@jogak/models';
import { DataError, type HostArray } from '@jogak/ops';

/** Data as peers get them: pixels as bytes, words as ids. */
export interface RawData {
  readonly x: { readonly data: Uint8Array | Int32Array | Float32Array; readonly shape: readonly number[] };
  /** Classes. */
  readonly y: Int32Array;
}

/** How batches that are ready for the network become {@link RawData} again. */
export type RawKind = { readonly kind: 'pixels' } | { readonly kind: 'ids' } | { readonly kind: 'one-hot'; readonly depth: number };

/** All that a source of batches gives in its first epoch, in that order: the peers' first batch is then ours. */
export async function rawData(source: BatchSource, kind: RawKind): Promise<RawData> {
  const parts: ArrayLike<number>[] = [];
  const labels: number[] = [];
  let sample: readonly number[] = [];
  for await (const { x, y } of source.batches(0)) {
    const inputs = x as HostArray;
    parts.push(raw(inputs, kind));
    sample = kind.kind === 'one-hot' ? inputs.shape.slice(1, -1) : inputs.shape.slice(1);
    for (const label of (y as HostArray).data) labels.push(Number(label));
  }
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const data = kind.kind === 'pixels' ? new Uint8Array(size) : new Int32Array(size);
  let filled = 0;
  for (const part of parts) {
    data.set(part, filled);
    filled += part.length;
  }
  return { x: { data, shape: [labels.length, ...sample] }, y: Int32Array.from(labels) };
}

function raw({ data, dtype }: HostArray, kind: RawKind): ArrayLike<number> {
  if (kind.kind === 'pixels')
    return dtype === 'uint8' ? (data as Uint8Array) : Uint8Array.from(data as Float32Array, value => Math.round(value * 255));
  if (kind.kind === 'ids') return Int32Array.from(data as Int32Array);
  const ids = new Int32Array(data.length / kind.depth);
  for (let row = 0; row < ids.length; row++) {
    const at = data.subarray(row * kind.depth, (row + 1) * kind.depth).indexOf(1 as never);
    if (at < 0) throw new DataError(`row ${row} is not one-hot: it has no 1`);
    ids[row] = at;
  }
  return ids;
}
