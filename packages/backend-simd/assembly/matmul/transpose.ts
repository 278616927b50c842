/** Transposes 4 × 4 float32: to[j][i] = from[i][j], rows `fromRow` and `toRow` bytes apart. */
// @ts-ignore: decorator
@inline
export function transposeSquare(from: usize, fromRow: usize, to: usize, toRow: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + fromRow);
  const r2 = v128.load(from + (fromRow << 1));
  const r3 = v128.load(from + fromRow * 3);
  const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5);
  const high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
  const low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
  const high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(low01, low23, 0, 2));
  v128.store(to + toRow, i64x2.shuffle(low01, low23, 1, 3));
  v128.store(to + (toRow << 1), i64x2.shuffle(high01, high23, 0, 2));
  v128.store(to + toRow * 3, i64x2.shuffle(high01, high23, 1, 3));
}

/** Transposes `rows` × `columns` float32, a few of each: to[j][i] = from[i][j], rows `fromRow` and `toRow` bytes apart. */
export function transposeBlock(from: usize, fromRow: usize, rows: i32, columns: i32, to: usize, toRow: usize): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    let j = 0;
    let at = from;
    let out = to;
    for (; j + 4 <= columns; j += 4) {
      transposeSquare(at, fromRow, out, toRow);
      at += 16;
      out += toRow << 2;
    }
    for (; j < columns; j++) {
      store<f32>(out, load<f32>(at));
      store<f32>(out, load<f32>(at + fromRow), 4);
      store<f32>(out, load<f32>(at + (fromRow << 1)), 8);
      store<f32>(out, load<f32>(at + fromRow * 3), 12);
      at += 4;
      out += toRow;
    }
    from += fromRow << 2;
    to += 16;
  }
  for (; i < rows; i++) {
    let out = to;
    const end = from + (<usize>columns << 2);
    for (let at = from; at < end; at += 4) {
      store<f32>(out, load<f32>(at));
      out += toRow;
    }
    from += fromRow;
    to += 4;
  }
}
