import { floatAt, intAt, pointerAt } from '../job';
import { anyTile } from './any-tile';
import { finish } from './finish';
import { BLOCK, PANEL, packTile } from './pack';
import { tileHeight } from './tile';

// C = activation(S·V + bias), or C += S·V, over a batch of matrices, in float32. S and V are as in tile.ts; V may be packed
// (packPanelsF32). A chunk is a block of C: its depths are taken in blocks, in each of these its tiles row by row, so that a tile of
// S is read once and stays in the first cache while the panels of V come by from the second.
//
// Arguments: 0 S, 1 V, 2 C, 3 rows, 4 columns, 5 depth, 6 sRow, 7 sStep, 8 vStep (0: V is packed), 9 cRow, 10 and 11 rows and columns
// of a chunk, 12 to 14 bytes between matrices of S, V and C, 15 table of the matrices of S and V, as two int32 offsets in bytes for
// each matrix of C (0: none), 16 what sums begin at (0: at zero), 17 its row stride, 18 bytes between its matrices, 19 activation,
// 20 its slope, 21 room for a tile of S, which is packed there, 6 KiB for every thread (0: they are not packed), 22 whether C is
// transposed: C[i][j] at c + j·cRow + 4·i, which spares packing a large transposed matrix.

/** Bytes of the largest tile of S. */
const TILE_BYTES: i32 = 6144;

export function gemmF32(job: usize, chunk: i32, thread: i32): void {
  const rows = intAt(job, 3);
  const columns = intAt(job, 4);
  const depth = intAt(job, 5);
  const sRow = <usize>intAt(job, 6);
  const sStep = <usize>intAt(job, 7);
  const vStep = <usize>intAt(job, 8);
  const cRow = <usize>intAt(job, 9);
  const chunkRows = intAt(job, 10);
  const chunkColumns = intAt(job, 11);
  const across = (columns + chunkColumns - 1) / chunkColumns;
  const down = (rows + chunkRows - 1) / chunkRows;
  const matrix = chunk / (across * down);
  const top = ((chunk / across) % down) * chunkRows;
  const left = (chunk % across) * chunkColumns;
  const bottom = min(rows, top + chunkRows);
  const right = min(columns, left + chunkColumns);

  const table = pointerAt(job, 15);
  const entry = table + (<usize>matrix << 3);
  const s = pointerAt(job, 0) + (table != 0 ? <usize>load<i32>(entry) : <usize>matrix * <usize>intAt(job, 12));
  const v = pointerAt(job, 1) + (table != 0 ? <usize>load<i32>(entry, 4) : <usize>matrix * <usize>intAt(job, 13));
  const c = pointerAt(job, 2) + <usize>matrix * <usize>intAt(job, 14);
  const begin = pointerAt(job, 16);
  const beginRow = <usize>intAt(job, 17);
  const packed = pointerAt(job, 21) == 0 ? 0 : pointerAt(job, 21) + <usize>(thread * TILE_BYTES);
  const transposed = intAt(job, 22) != 0;

  for (let k = 0; k < depth || k == 0; k += BLOCK) {
    const size = min(BLOCK, depth - k);
    const initial = k > 0 ? c : begin != 0 ? begin + <usize>matrix * <usize>intAt(job, 18) : 0;
    const initialRow = k > 0 ? cRow : beginRow;
    const step: usize = vStep != 0 ? vStep : 32;
    const panelBytes: usize = vStep != 0 ? 32 : <usize>size << 5;
    const block = v + (vStep != 0 ? <usize>k * vStep : (<usize>k * <usize>((columns + PANEL - 1) / PANEL)) << 5);
    let height = 0;
    for (let i = top; i < bottom; i += height) {
      height = tileHeight(bottom - i);
      let from = s + <usize>i * sRow + <usize>k * sStep;
      let fromRow = sRow;
      let fromStep = sStep;
      if (packed != 0) {
        packTile(from, sStep, size, height, packed);
        from = packed;
        fromRow = 4;
        fromStep = <usize>height << 2;
      }
      for (let j = left; j < right; j += PANEL) {
        const wide = min(PANEL, right - j);
        const at = block + <usize>(j / PANEL) * panelBytes;
        const first = initial == 0 ? 0 : initial + offset(transposed, i, j, initialRow);
        const to = c + offset(transposed, i, j, cRow);
        anyTile(height, wide, transposed, thread, from, fromRow, fromStep, at, step, size, first, initialRow, to, cRow);
      }
    }
  }
  const activation = intAt(job, 19);
  if (activation != 0) {
    const block = c + offset(transposed, top, left, cRow);
    const high = transposed ? right - left : bottom - top;
    finish(activation, floatAt(job, 20), block, cRow, high, transposed ? bottom - top : right - left);
  }
}

/** Bytes from C[0][0] to C[i][j]. */
// @ts-ignore: decorator
@inline
function offset(transposed: bool, i: i32, j: i32, row: usize): usize {
  return transposed ? <usize>j * row + (<usize>i << 2) : <usize>i * row + (<usize>j << 2);
}
