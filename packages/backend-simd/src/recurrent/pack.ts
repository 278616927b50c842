import type { SimdBackend } from '../backend.js';
import { widthOf } from './arguments.js';

/** Numbers that a chunk packs at the least. */
const LEAST = 16384;

/** A matrix in memory, `rows` by `blocks · columns`, and the bytes from row to row and from column to column. */
export interface PackedMatrix {
  readonly from: number;
  readonly rows: number;
  readonly rowBytes: number;
  readonly columnBytes: number;
  readonly columns: number;
  readonly blocks: number;
}

/** Numbers that a matrix has when packed, each panel with `rows` rows. */
export const packedSize = (rows: number, columns: number, blocks: number): number => rows * widthOf(columns) * blocks;

/** Packs a matrix into panels of eight columns at `to`. Panels have `panelRows`, of which those of the matrix begin at `firstRow`. */
export function pack(backend: SimdBackend, matrix: PackedMatrix, to: number, panelRows: number = matrix.rows, firstRow = 0): void {
  const { from, rows, rowBytes, columnBytes, columns, blocks } = matrix;
  const panels = (widthOf(columns) / 8) * blocks;
  const each = Math.max(1, Math.ceil(LEAST / Math.max(1, rows * 8)));
  const chunks = Math.ceil(panels / each);
  backend.run('recurrentPackF32', chunks, from, rows, rowBytes, columnBytes, columns, blocks, to, panelRows, firstRow, each);
}
