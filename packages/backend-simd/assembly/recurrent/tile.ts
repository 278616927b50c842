import { multiplyAdd } from '../vector';

/**
 * Four rows, eight columns: z += [a, b] · panel. `panel` has aDepth + bDepth rows of eight; a and b are rows of their own, z and they in
 * rows `…Stride` bytes apart. Rows after the `last` one that there is are taken for that one, and z has room for all four.
 *
 * Eight sums, two vectors of the panel and one factor are in registers; the eight sums cover the latency of a multiply-add at two a cycle.
 */
export function tile4x8(
  z: usize,
  zStride: usize,
  panel: usize,
  a: usize,
  aStride: usize,
  aDepth: i32,
  b: usize,
  bStride: usize,
  bDepth: i32,
  last: i32,
): void {
  const z1 = z + zStride;
  const z2 = z1 + zStride;
  const z3 = z2 + zStride;
  let s00 = v128.load(z);
  let s01 = v128.load(z, 16);
  let s10 = v128.load(z1);
  let s11 = v128.load(z1, 16);
  let s20 = v128.load(z2);
  let s21 = v128.load(z2, 16);
  let s30 = v128.load(z3);
  let s31 = v128.load(z3, 16);
  let r0 = a;
  let stride = aStride;
  let depth = aDepth;
  for (let part = 0; part < 2; part++) {
    let r1 = r0 + <usize>min(1, last) * stride;
    let r2 = r0 + <usize>min(2, last) * stride;
    let r3 = r0 + <usize>min(3, last) * stride;
    for (let pairs = depth >> 1; pairs > 0; pairs--) {
      const p0 = v128.load(panel);
      const p1 = v128.load(panel, 16);
      const a0 = v128.load32_splat(r0);
      s00 = multiplyAdd(a0, p0, s00);
      s01 = multiplyAdd(a0, p1, s01);
      const a1 = v128.load32_splat(r1);
      s10 = multiplyAdd(a1, p0, s10);
      s11 = multiplyAdd(a1, p1, s11);
      const a2 = v128.load32_splat(r2);
      s20 = multiplyAdd(a2, p0, s20);
      s21 = multiplyAdd(a2, p1, s21);
      const a3 = v128.load32_splat(r3);
      s30 = multiplyAdd(a3, p0, s30);
      s31 = multiplyAdd(a3, p1, s31);
      const q0 = v128.load(panel, 32);
      const q1 = v128.load(panel, 48);
      const b0 = v128.load32_splat(r0, 4);
      s00 = multiplyAdd(b0, q0, s00);
      s01 = multiplyAdd(b0, q1, s01);
      const b1 = v128.load32_splat(r1, 4);
      s10 = multiplyAdd(b1, q0, s10);
      s11 = multiplyAdd(b1, q1, s11);
      const b2 = v128.load32_splat(r2, 4);
      s20 = multiplyAdd(b2, q0, s20);
      s21 = multiplyAdd(b2, q1, s21);
      const b3 = v128.load32_splat(r3, 4);
      s30 = multiplyAdd(b3, q0, s30);
      s31 = multiplyAdd(b3, q1, s31);
      panel += 64;
      r0 += 8;
      r1 += 8;
      r2 += 8;
      r3 += 8;
    }
    if ((depth & 1) != 0) {
      const p0 = v128.load(panel);
      const p1 = v128.load(panel, 16);
      const a0 = v128.load32_splat(r0);
      s00 = multiplyAdd(a0, p0, s00);
      s01 = multiplyAdd(a0, p1, s01);
      const a1 = v128.load32_splat(r1);
      s10 = multiplyAdd(a1, p0, s10);
      s11 = multiplyAdd(a1, p1, s11);
      const a2 = v128.load32_splat(r2);
      s20 = multiplyAdd(a2, p0, s20);
      s21 = multiplyAdd(a2, p1, s21);
      const a3 = v128.load32_splat(r3);
      s30 = multiplyAdd(a3, p0, s30);
      s31 = multiplyAdd(a3, p1, s31);
      panel += 32;
    }
    r0 = b;
    stride = bStride;
    depth = bDepth;
  }
  v128.store(z, s00);
  v128.store(z, s01, 16);
  v128.store(z1, s10);
  v128.store(z1, s11, 16);
  v128.store(z2, s20);
  v128.store(z2, s21, 16);
  v128.store(z3, s30);
  v128.store(z3, s31, 16);
}

/** All `rows` (up to eight; z has room for whole tiles) of z += [a, b] · panels, `panels` times eight columns. */
export function product(
  z: usize,
  zStride: usize,
  panels: i32,
  packed: usize,
  a: usize,
  aStride: usize,
  aDepth: i32,
  b: usize,
  bStride: usize,
  bDepth: i32,
  rows: i32,
): void {
  const panelBytes = <usize>(aDepth + bDepth) << 5;
  for (let panel = 0; panel < panels; panel++) {
    for (let row = 0; row < rows; row += 4) {
      const at = <usize>row;
      tile4x8(z + at * zStride, zStride, packed, a + at * aStride, aStride, aDepth, b + at * bStride, bStride, bDepth, rows - 1 - row);
    }
    packed += panelBytes;
    z += 32;
  }
}
