import { intAt, pointerAt } from '../job';
import { gatherLanes, loadLanes, storeLanes } from './lanes';
import { transposeSquare } from './transpose';

/** Depths in a block: a panel of V in it takes 8 KiB, a tile of S 6, so that both stay in the first cache. */
export const BLOCK: i32 = 256;
/** Columns of a panel. */
export const PANEL: i32 = 8;

/**
 * Copies `columns` (1 to 8) columns of V, V[k][j] at from + k·step + j·column, to a panel: 8 neighbours for each k, those beyond
 * `columns` zero or copies.
 */
export function packPanel(from: usize, step: usize, column: usize, depth: i32, columns: i32, to: usize): void {
  const lanes = min(columns, 4);
  const more = columns - 4;
  const second: usize = more > 0 ? column << 2 : 0;
  const end = to + (<usize>depth << 5);
  if (column == 4) {
    for (; to < end; to += 32) {
      v128.store(to, loadLanes(from, lanes));
      if (more > 0) v128.store(to, loadLanes(from + 16, more), 16);
      from += step;
    }
  } else if (step == 4 && columns == 8) {
    for (; to + 128 <= end; to += 128) {
      transposeSquare(from, column, to, 32);
      transposeSquare(from + second, column, to + 16, 32);
      from += 16;
    }
  }
  for (; to < end; to += 32) {
    v128.store(to, gatherLanes(from, column, lanes));
    if (more > 0) v128.store(to, gatherLanes(from + second, column, more), 16);
    from += step;
  }
}

/** Copies a tile of S, S[i][k] at from + i·4 + k·step, so that its `rows` (1 to 6) rows are neighbours for each k. */
export function packTile(from: usize, step: usize, depth: i32, rows: i32, to: usize): void {
  const end = to + <usize>(depth * rows) * 4;
  if (rows == 6) {
    for (; to < end; to += 24) {
      v128.store(to, v128.load(from));
      store<i64>(to, load<i64>(from, 16), 16);
      from += step;
    }
  } else if (rows == 5) {
    for (; to < end; to += 20) {
      v128.store(to, v128.load(from));
      store<i32>(to, load<i32>(from, 16), 16);
      from += step;
    }
  } else {
    for (; to < end; to += <usize>rows << 2) {
      storeLanes(to, loadLanes(from, rows), rows);
      from += step;
    }
  }
}

/**
 * Packs V whole: for each block of depths, the block's panels one after the other. Chunk = (matrix · blocks + block) · groups + group
 * of panels. Arguments: 0 from, 1 to, 2 columns, 3 depth, 4 step, 5 column (bytes), 6 panels in a group, 7 bytes between matrices.
 */
export function packPanelsF32(job: usize, chunk: i32, thread: i32): void {
  const columns = intAt(job, 2);
  const depth = intAt(job, 3);
  const step = <usize>intAt(job, 4);
  const column = <usize>intAt(job, 5);
  const group = intAt(job, 6);
  const panels = (columns + PANEL - 1) / PANEL;
  const groups = (panels + group - 1) / group;
  const blocks = (depth + BLOCK - 1) / BLOCK;
  const matrix = chunk / (groups * blocks);
  const block = (chunk / groups) % blocks;
  const first = (chunk % groups) * group;
  const begin = block * BLOCK;
  const size = min(BLOCK, depth - begin);
  const from = pointerAt(job, 0) + <usize>matrix * <usize>intAt(job, 7) + <usize>begin * step;
  const to = pointerAt(job, 1) + ((<usize>(matrix * depth + begin) * <usize>panels) << 5);
  for (let panel = first; panel < min(first + group, panels); panel++) {
    const left = panel * PANEL;
    packPanel(from + <usize>left * column, step, column, size, min(PANEL, columns - left), to + ((<usize>panel * <usize>size) << 5));
  }
}
