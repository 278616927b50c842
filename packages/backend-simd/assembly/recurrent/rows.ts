/** Copies rows of `columns` numbers; rows are `…Stride` bytes apart. Reads and writes no other number. */
export function copyRows(to: usize, toStride: usize, from: usize, fromStride: usize, columns: i32, rows: i32): void {
  const whole = <usize>(columns & ~3) << 2;
  const bytes = <usize>columns << 2;
  for (let row = 0; row < rows; row++) {
    let at: usize = 0;
    for (; at < whole; at += 16) v128.store(to + at, v128.load(from + at));
    for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
    to += toStride;
    from += fromStride;
  }
}

/** to += Σ rowₙ over `count` rows of `columns` numbers, `stride` bytes apart. */
export function addRows(to: usize, from: usize, stride: usize, columns: i32, count: i32): void {
  let column = 0;
  // Eight sums at once, as each waits for the addition before.
  for (; column <= columns - 32; column += 32) {
    const at = to + (<usize>column << 2);
    let row = from + (<usize>column << 2);
    let s0 = v128.load(at);
    let s1 = v128.load(at, 16);
    let s2 = v128.load(at, 32);
    let s3 = v128.load(at, 48);
    let s4 = v128.load(at, 64);
    let s5 = v128.load(at, 80);
    let s6 = v128.load(at, 96);
    let s7 = v128.load(at, 112);
    for (let n = 0; n < count; n++) {
      s0 = f32x4.add(s0, v128.load(row));
      s1 = f32x4.add(s1, v128.load(row, 16));
      s2 = f32x4.add(s2, v128.load(row, 32));
      s3 = f32x4.add(s3, v128.load(row, 48));
      s4 = f32x4.add(s4, v128.load(row, 64));
      s5 = f32x4.add(s5, v128.load(row, 80));
      s6 = f32x4.add(s6, v128.load(row, 96));
      s7 = f32x4.add(s7, v128.load(row, 112));
      row += stride;
    }
    v128.store(at, s0);
    v128.store(at, s1, 16);
    v128.store(at, s2, 32);
    v128.store(at, s3, 48);
    v128.store(at, s4, 64);
    v128.store(at, s5, 80);
    v128.store(at, s6, 96);
    v128.store(at, s7, 112);
  }
  for (; column <= columns - 8; column += 8) {
    const at = to + (<usize>column << 2);
    let row = from + (<usize>column << 2);
    let s0 = v128.load(at);
    let s1 = v128.load(at, 16);
    for (let n = 0; n < count; n++) {
      s0 = f32x4.add(s0, v128.load(row));
      s1 = f32x4.add(s1, v128.load(row, 16));
      row += stride;
    }
    v128.store(at, s0);
    v128.store(at, s1, 16);
  }
  for (; column < columns; column++) {
    const at = to + (<usize>column << 2);
    let row = from + (<usize>column << 2);
    let sum = load<f32>(at);
    for (let n = 0; n < count; n++) {
      sum += load<f32>(row);
      row += stride;
    }
    store<f32>(at, sum);
  }
}

/** Copies rows of `columns` numbers that follow each other, or zeros where `from` is 0. */
export function loadRows(to: usize, toStride: usize, from: usize, columns: i32, rows: i32): void {
  if (from != 0) {
    copyRows(to, toStride, from, <usize>columns << 2, columns, rows);
    return;
  }
  for (let row = 0; row < rows; row++) {
    memory.fill(to, 0, <usize>columns << 2);
    to += toStride;
  }
}

/** to += from, `columns` numbers. */
export function addTo(to: usize, from: usize, columns: i32): void {
  for (; columns >= 4; columns -= 4) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    to += 16;
    from += 16;
  }
  for (; columns > 0; columns--) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    to += 4;
    from += 4;
  }
}
