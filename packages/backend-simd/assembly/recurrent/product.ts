import { anyTile } from '../matmul/any-tile';
import { tile, tileHeight } from '../matmul/tile';

/**
 * to = initial + a · b for some rows. b is packed in `panels` of eight columns, `panelBytes` from one to the next, of which it takes `depth`
 * rows. Rows of `to`, of whole panels, of `initial` and of a are `…Stride` bytes apart; `to` has room for eight at the least.
 */
export function multiply(
  to: usize,
  toStride: usize,
  initial: usize,
  initialStride: usize,
  panels: i32,
  packed: usize,
  panelBytes: usize,
  a: usize,
  aStride: usize,
  depth: i32,
  rows: i32,
): void {
  for (let panel = 0; panel < panels; panel++) {
    let target = to;
    let sums = initial;
    let from = a;
    for (let left = rows; left > 0; ) {
      const height = tileHeight(left);
      tile(height, from, aStride, 4, packed, 32, depth, sums, initialStride, target, toStride);
      left -= height;
      target += <usize>height * toStride;
      sums += <usize>height * initialStride;
      from += <usize>height * aStride;
    }
    packed += panelBytes;
    to += 32;
    initial += 32;
  }
}

/**
 * to += Σ aₙᵀ · bₙ over `count` pairs of rows, `aColumns` × `bColumns`: the gradient of weights. Rows of `to`, a and b are `…Stride` bytes apart.
 */
export function addOuter(
  thread: i32,
  to: usize,
  toStride: usize,
  a: usize,
  aStride: usize,
  aColumns: i32,
  b: usize,
  bStride: usize,
  bColumns: i32,
  count: i32,
): void {
  for (let column = 0; column < bColumns; column += 8) {
    const columns = min(8, bColumns - column);
    let target = to + (<usize>column << 2);
    let from = a;
    const v = b + (<usize>column << 2);
    for (let left = aColumns; left > 0; ) {
      const height = tileHeight(left);
      anyTile(height, columns, false, thread, from, 4, aStride, v, bStride, count, target, toStride, target, toStride);
      left -= height;
      target += <usize>height * toStride;
      from += <usize>height << 2;
    }
  }
}
