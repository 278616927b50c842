import { EDGES } from '../layout';
import { loadLanes, storeLanes } from './lanes';
import { tile } from './tile';
import { transposeBlock } from './transpose';

/** From one row of a tile to the next there. */
const ROW: usize = 32;

/**
 * The tile of tile.ts of any `rows` (1 to TALLEST) and `columns` (1 to 8), and where C is transposed: C[i][j] at c + j·cRow + 4·i,
 * and initial[i][j] at initial + j·initialRow + 4·i. Nothing else of C and `initial` is touched; of V still all 8 columns are. Less
 * than a whole tile, and a transposed one, pass through memory of the thread `thread`.
 */
export function anyTile(
  rows: i32,
  columns: i32,
  transposed: bool,
  thread: i32,
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
): void {
  if (!transposed && columns == 8 && rows >= 4) {
    tile(rows, s, sRow, sStep, v, vStep, depth, initial, initialRow, c, cRow);
    return;
  }
  const buffer = EDGES + <usize>thread * 192;
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
