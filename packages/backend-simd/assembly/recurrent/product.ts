import { TALL, tile, tileRows } from '../matmul/tile';

/**
 * to = initial + a · b for some rows. b is packed in `panels` of eight columns, `panelBytes` from one to the next, of which it takes `depth`
 * rows. Rows of `to`, of whole panels, of `initial` and of a are `…Stride` bytes apart.
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
      const count = tileRows(left);
      const real = min(count, left);
      if (TALL == 6 && count == 6) tile(6, 8, false, from, aStride, 4, packed, 32, depth, sums, initialStride, target, toStride, real, 8);
      else tile(4, 8, false, from, aStride, 4, packed, 32, depth, sums, initialStride, target, toStride, real, 8);
      left -= count;
      target += <usize>count * toStride;
      sums += <usize>count * initialStride;
      from += <usize>count * aStride;
    }
    packed += panelBytes;
    to += 32;
    initial += 32;
  }
}

/**
 * to += Σ aₙᵀ · bₙ over `count` pairs of rows, `aColumns` × `bColumns`: the gradient of weights. Rows of `to`, a and b are `…Stride` bytes apart.
 * Tiles of four rows: with six, and two strides to go by, V8 spills, and the whole gradient of imdb-rnn takes 490 µs instead of 400.
 */
export function addOuter(
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
      const rows = min(4, left);
      if (columns <= 4) tile(4, 4, false, from, 4, aStride, v, bStride, count, target, toStride, target, toStride, rows, columns);
      else tile(4, 8, false, from, 4, aStride, v, bStride, count, target, toStride, target, toStride, rows, columns);
      left -= 4;
      target += 4 * toStride;
      from += 16;
    }
  }
}
