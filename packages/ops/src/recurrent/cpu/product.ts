/** `size` rounded up to whole tiles of {@link addProduct}: how long the rows of its `b` and `c` are. */
export const padded = (size: number): number => (size + 3) & ~3;

/** Rows of `values [rows, columns]` as doubles, padded with zeros to whole tiles. */
export function paddedRows(values: ArrayLike<number>, rows: number, columns: number): Float64Array {
  const stride = padded(columns);
  const out = new Float64Array(rows * stride);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) out[row * stride + column] = values[row * columns + column]!;
  return out;
}

/** The transpose of `values [rows, columns]`, as {@link paddedRows}: `[columns, padded(rows)]`. */
export function paddedTranspose(values: ArrayLike<number>, rows: number, columns: number): Float64Array {
  const stride = padded(rows);
  const out = new Float64Array(columns * stride);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) out[column * stride + row] = values[row * columns + column]!;
  return out;
}

/**
 * `c += a · b`, with `a [rows, depth]` in rows of `aStride`, `b [depth, stride]` and `c [rows, stride]`; `stride` is a multiple of four.
 *
 * Made for the small products of one time step, whose operands are in the first-level cache. Doubles, because converting
 * float32 at every load costs a third of the speed: tiles of 4 × 4 reach 2.0 multiply-adds a nanosecond on a Zen 4 at
 * 32 × 32 × 32, the same tiles over `Float32Array` 1.7 and at depth 8 1.4, tiles of 2 × 4 1.6.
 */
export function addProduct(
  a: Float64Array,
  aStride: number,
  b: Float64Array,
  c: Float64Array,
  rows: number,
  depth: number,
  stride: number,
): void {
  const end = depth * stride;
  for (let column = 0; column < stride; column += 4) {
    let row = 0;
    for (; row + 4 <= rows; row += 4) {
      let at0 = row * aStride;
      let at1 = at0 + aStride;
      let at2 = at1 + aStride;
      let at3 = at2 + aStride;
      let s00 = 0;
      let s01 = 0;
      let s02 = 0;
      let s03 = 0;
      let s10 = 0;
      let s11 = 0;
      let s12 = 0;
      let s13 = 0;
      let s20 = 0;
      let s21 = 0;
      let s22 = 0;
      let s23 = 0;
      let s30 = 0;
      let s31 = 0;
      let s32 = 0;
      let s33 = 0;
      for (let at = column; at < end; at += stride) {
        const b0 = b[at]!;
        const b1 = b[at + 1]!;
        const b2 = b[at + 2]!;
        const b3 = b[at + 3]!;
        const a0 = a[at0++]!;
        s00 += a0 * b0;
        s01 += a0 * b1;
        s02 += a0 * b2;
        s03 += a0 * b3;
        const a1 = a[at1++]!;
        s10 += a1 * b0;
        s11 += a1 * b1;
        s12 += a1 * b2;
        s13 += a1 * b3;
        const a2 = a[at2++]!;
        s20 += a2 * b0;
        s21 += a2 * b1;
        s22 += a2 * b2;
        s23 += a2 * b3;
        const a3 = a[at3++]!;
        s30 += a3 * b0;
        s31 += a3 * b1;
        s32 += a3 * b2;
        s33 += a3 * b3;
      }
      const to0 = row * stride + column;
      c[to0] = c[to0]! + s00;
      c[to0 + 1] = c[to0 + 1]! + s01;
      c[to0 + 2] = c[to0 + 2]! + s02;
      c[to0 + 3] = c[to0 + 3]! + s03;
      const to1 = to0 + stride;
      c[to1] = c[to1]! + s10;
      c[to1 + 1] = c[to1 + 1]! + s11;
      c[to1 + 2] = c[to1 + 2]! + s12;
      c[to1 + 3] = c[to1 + 3]! + s13;
      const to2 = to1 + stride;
      c[to2] = c[to2]! + s20;
      c[to2 + 1] = c[to2 + 1]! + s21;
      c[to2 + 2] = c[to2 + 2]! + s22;
      c[to2 + 3] = c[to2 + 3]! + s23;
      const to3 = to2 + stride;
      c[to3] = c[to3]! + s30;
      c[to3 + 1] = c[to3 + 1]! + s31;
      c[to3 + 2] = c[to3 + 2]! + s32;
      c[to3 + 3] = c[to3 + 3]! + s33;
    }
    for (; row < rows; row++) {
      let from = row * aStride;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let at = column; at < end; at += stride) {
        const value = a[from++]!;
        s0 += value * b[at]!;
        s1 += value * b[at + 1]!;
        s2 += value * b[at + 2]!;
        s3 += value * b[at + 3]!;
      }
      const to = row * stride + column;
      c[to] = c[to]! + s0;
      c[to + 1] = c[to + 1]! + s1;
      c[to + 2] = c[to + 2]! + s2;
      c[to + 3] = c[to + 3]! + s3;
    }
  }
}

/** The first `columns` of each padded row, as float32: `[rows, columns]`. */
export function unpadded(values: Float64Array, rows: number, columns: number): Float32Array {
  const stride = padded(columns);
  const out = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) out.set(values.subarray(row * stride, row * stride + columns), row * columns);
  return out;
}

/** Sum of the rows of `values [rows, columns]`. */
export function columnSums(values: Float32Array, columns: number): Float32Array {
  const sums = new Float64Array(columns);
  for (let at = 0; at < values.length; ) for (let column = 0; column < columns; column++) sums[column] = sums[column]! + values[at++]!;
  return Float32Array.from(sums);
}
