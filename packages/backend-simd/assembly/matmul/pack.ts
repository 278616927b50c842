import { intAt, pointerAt } from '../job';
import { gatherLanes, loadLanes } from './lanes';

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
      packSquare(from, column, to);
      packSquare(from + second, column, to + 16);
      from += 16;
    }
  }
  for (; to < end; to += 32) {
    v128.store(to, gatherLanes(from, column, lanes));
    if (more > 0) v128.store(to, gatherLanes(from + second, column, more), 16);
    from += step;
  }
}

/** Transposes 4 × 4 values into a panel. */
// @ts-ignore: decorator
@inline
function packSquare(from: usize, column: usize, to: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + column);
  const r2 = v128.load(from + (column << 1));
  const r3 = v128.load(from + column * 3);
  const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5);
  const high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
  const low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
  const high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(low01, low23, 0, 2));
  v128.store(to, i64x2.shuffle(low01, low23, 1, 3), 32);
  v128.store(to, i64x2.shuffle(high01, high23, 0, 2), 64);
  v128.store(to, i64x2.shuffle(high01, high23, 1, 3), 96);
}

/**
 * Copies a tile of S, S[i][k] at from + i·4 + k·step, so that its rows are neighbours for each k: `height` (4 or 6) of them, those
 * beyond `rows` copies of the last.
 */
export function packTile(from: usize, step: usize, depth: i32, rows: i32, height: i32, to: usize): void {
  const last = <usize>(rows - 1) << 2;
  for (let k = 0; k < depth; k++) {
    if (rows == height) {
      v128.store(to, v128.load(from));
      if (height == 6) store<i64>(to, load<i64>(from, 16), 16);
    } else {
      for (let i: usize = 0; i < <usize>height << 2; i += 4) store<i32>(to + i, load<i32>(from + min(i, last)));
    }
    from += step;
    to += <usize>height << 2;
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
