import { intAt, pointerAt } from '../job';
import { PANEL } from './arguments';

/**
 * Packs the rows of a matrix of `gates` blocks of columns into panels of eight columns, for `tile4x8`; columns that fill up a block's last
 * panel are zeros. A panel of the result has room for more rows than these: `panelRows`, of which they begin at `firstRow`. Arguments:
 * from, its rows, bytes from row to row, from column to column, columns of a block, blocks, to, panelRows, firstRow, panels a chunk.
 */
export function recurrentPackF32(job: usize, chunk: i32, thread: i32): void {
  const source = pointerAt(job, 0);
  const rows = intAt(job, 1);
  const rowBytes = <usize>intAt(job, 2);
  const columnBytes = <usize>intAt(job, 3);
  const columns = intAt(job, 4);
  const panelsOfBlock = (columns + PANEL - 1) / PANEL;
  const panelBytes = <usize>intAt(job, 7) << 5;
  const first = chunk * intAt(job, 9);
  const end = min(first + intAt(job, 9), panelsOfBlock * intAt(job, 5));
  for (let panel = first; panel < end; panel++) {
    const block = panel / panelsOfBlock;
    const column = (panel - block * panelsOfBlock) * PANEL;
    const count = min(PANEL, columns - column);
    let from = source + <usize>(block * columns + column) * columnBytes;
    let to = pointerAt(job, 6) + <usize>panel * panelBytes + (<usize>intAt(job, 8) << 5);
    for (let row = 0; row < rows; row++) {
      if (count == PANEL && columnBytes == 4) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      } else {
        for (let i = 0; i < PANEL; i++) {
          store<f32>(to + (<usize>i << 2), i < count ? load<f32>(from + <usize>i * columnBytes) : 0);
        }
      }
      from += rowBytes;
      to += 32;
    }
  }
}
