import { multiplyAdd } from '../vector';

/**
 * to += Σ aₙᵀ · bₙ over `count` pairs of rows, `aColumns` × `bColumns`: the gradient of weights. Rows of a and b are any number of bytes
 * apart, those of `to` `toStride`. Sums stay in registers, four rows of eight columns at a time; b's columns beyond eights go singly.
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
  const whole = bColumns & ~7;
  for (let row = 0; row < aColumns; row += 4) {
    const last = aColumns - 1 - row;
    const from = a + (<usize>row << 2);
    const target = to + <usize>row * toStride;
    for (let column = 0; column < whole; column += 8) {
      tile(target + (<usize>column << 2), toStride, from, aStride, b + (<usize>column << 2), bStride, count, last);
    }
    for (let column = whole; column < bColumns; column++) {
      for (let i = 0; i <= min(3, last); i++) {
        let x = from + (<usize>i << 2);
        let y = b + (<usize>column << 2);
        let sum: f32 = 0;
        for (let n = 0; n < count; n++) {
          sum += load<f32>(x) * load<f32>(y);
          x += aStride;
          y += bStride;
        }
        const at = target + <usize>i * toStride + (<usize>column << 2);
        store<f32>(at, load<f32>(at) + sum);
      }
    }
  }
}

/** Four rows, of which those up to the `last` are stored, and eight columns. */
function tile(to: usize, toStride: usize, a: usize, aStride: usize, b: usize, bStride: usize, count: i32, last: i32): void {
  const i1 = <usize>min(1, last) << 2;
  const i2 = <usize>min(2, last) << 2;
  const i3 = <usize>min(3, last) << 2;
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  let s31 = f32x4.splat(0);
  for (let n = 0; n < count; n++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    s00 = multiplyAdd(a0, b0, s00);
    s01 = multiplyAdd(a0, b1, s01);
    const a1 = v128.load32_splat(a + i1);
    s10 = multiplyAdd(a1, b0, s10);
    s11 = multiplyAdd(a1, b1, s11);
    const a2 = v128.load32_splat(a + i2);
    s20 = multiplyAdd(a2, b0, s20);
    s21 = multiplyAdd(a2, b1, s21);
    const a3 = v128.load32_splat(a + i3);
    s30 = multiplyAdd(a3, b0, s30);
    s31 = multiplyAdd(a3, b1, s31);
    a += aStride;
    b += bStride;
  }
  add(to, s00, s01);
  if (last > 0) add(to + toStride, s10, s11);
  if (last > 1) add(to + 2 * toStride, s20, s21);
  if (last > 2) add(to + 3 * toStride, s30, s31);
}

// @ts-ignore: decorator
@inline
function add(to: usize, first: v128, second: v128): void {
  v128.store(to, f32x4.add(v128.load(to), first));
  v128.store(to, f32x4.add(v128.load(to, 16), second), 16);
}

/** to += Σ rowₙ over `count` rows of `columns` numbers. */
export function addRows(to: usize, from: usize, stride: usize, columns: i32, count: i32): void {
  let column = 0;
  for (; column <= columns - 8; column += 8) {
    let row = from + (<usize>column << 2);
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    for (let n = 0; n < count; n++) {
      s0 = f32x4.add(s0, v128.load(row));
      s1 = f32x4.add(s1, v128.load(row, 16));
      row += stride;
    }
    add(to + (<usize>column << 2), s0, s1);
  }
  for (; column < columns; column++) {
    const offset = <usize>column << 2;
    let row = from + offset;
    let sum: f32 = 0;
    for (let n = 0; n < count; n++) {
      sum += load<f32>(row);
      row += stride;
    }
    store<f32>(to + offset, load<f32>(to + offset) + sum);
  }
}
