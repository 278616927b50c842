import { loadLanes, storeLanes } from './lanes';
import { tile } from './tile';
import { transposeBlock } from './transpose';

/** Bytes that {@link edgeTile} needs for itself. */
export const EDGE_BYTES: i32 = 192;
/** From one row of a tile to the next there. */
const ROW: usize = 32;

/**
 * The tile of tile.ts where only `rows` × `columns` of it are there, or where C is transposed: C[i][j] at c + j·cRow + 4·i, and
 * initial[i][j] at initial + j·initialRow + 4·i. The sums pass through `buffer`. Of C and `initial` nothing else is touched.
 */
export function edgeTile(
  rows: i32,
  columns: i32,
  transposed: bool,
  s: usize,
  sRow: usize,
  sStep: usize,
  v: usize,
  vStep: usize,
  depth: i32,
  initial: usize,
  initialRow: usize,
  c: usize,
  cRow: usize,
  buffer: usize,
): void {
  if (initial != 0) {
    if (transposed) transposeBlock(initial, initialRow, columns, rows, buffer, ROW);
    else copyRows(initial, initialRow, rows, columns, buffer, ROW);
  }
  tile(rows, s, sRow, sStep, v, vStep, depth, initial == 0 ? 0 : buffer, ROW, buffer, ROW);
  if (transposed) transposeBlock(buffer, ROW, rows, columns, c, cRow);
  else copyRows(buffer, ROW, rows, columns, c, cRow);
}

function copyRows(from: usize, fromRow: usize, rows: i32, columns: i32, to: usize, toRow: usize): void {
  const first = min(columns, 4);
  const second = columns - 4;
  for (let i = 0; i < rows; i++) {
    storeLanes(to, loadLanes(from, first), first);
    if (second > 0) storeLanes(to + 16, loadLanes(from + 16, second), second);
    from += fromRow;
    to += toRow;
  }
}
