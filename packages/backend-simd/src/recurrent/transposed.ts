import type { SimdBackend } from '../backend.js';
import { pack, packedSize } from './pack.js';

/** Packs the transpose of some columns of a recurrent kernel `[units, columns]`: `count` of them from `first` on. Returns the address, a scratch. */
export function packTransposed(
  backend: SimdBackend,
  from: number,
  units: number,
  columns: number,
  first = 0,
  count: number = columns,
): number {
  const to = backend.scratch(4 * packedSize(count, units, 1));
  pack(backend, { from: from + 4 * first, rows: count, rowBytes: 4, columnBytes: 4 * columns, columns: units, blocks: 1 }, to);
  return to;
}
