import { gemm, matrix } from '../../cpu/gemm.js';

/**
 * Where the only value of each row stands that is not zero, −1 in a row of zeros; null as soon as a row has two. So one-hot
 * rows, and the empty ones of padding, are known by a scan that ends at the first row of anything else.
 */
function singleEntries(values: Float32Array, rows: number, columns: number): Int32Array | null {
  const found = new Int32Array(rows).fill(-1);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      if (values[at] === 0) continue;
      if (found[row] !== -1) return null;
      found[row] = column;
    }
  }
  return found;
}

/** Only where no value is NaN or infinite may its product with 0 be left out. */
function allFinite(values: Float32Array): boolean {
  return values.every(Number.isFinite);
}

/** `x · kernel + bias`, `[rows, columns]`, of `x [rows, features]` or ids `[rows]`; rows with a single entry are looked up in the kernel, not multiplied. */
export function inputProjection(
  x: Float32Array | Int32Array,
  kernel: Float32Array,
  bias: ArrayLike<number>,
  rows: number,
  columns: number,
): Float32Array {
  const features = kernel.length / columns;
  const out = new Float32Array(rows * columns);
  for (let at = 0; at < out.length; ) for (let column = 0; column < columns; column++) out[at++] = bias[column]!;
  if (x instanceof Int32Array) {
    for (let row = 0; row < rows; row++) {
      const id = x[row]!;
      if (id >= 0 && id < features) addScaled(1, kernel, id * columns, out, row * columns, columns);
    }
    return out;
  }
  const singles = singleEntries(x, rows, features);
  if (singles && allFinite(kernel)) {
    for (let row = 0; row < rows; row++) {
      const feature = singles[row]!;
      if (feature >= 0) addScaled(x[row * features + feature]!, kernel, feature * columns, out, row * columns, columns);
    }
  } else {
    gemm(matrix(x, 0, features), matrix(kernel, 0, columns), rows, features, columns, out, 0);
  }
  return out;
}

/** `xᵀ · dProjection`, `[features, columns]`: the gradient of the kernel of {@link inputProjection}. */
export function inputKernelGradient(
  x: Float32Array,
  dProjection: Float32Array,
  rows: number,
  features: number,
  columns: number,
): Float32Array {
  const out = new Float32Array(features * columns);
  const singles = singleEntries(x, rows, features);
  if (singles && allFinite(dProjection)) {
    for (let row = 0; row < rows; row++) {
      const feature = singles[row]!;
      if (feature >= 0) addScaled(x[row * features + feature]!, dProjection, row * columns, out, feature * columns, columns);
    }
  } else {
    gemm(matrix(x, 0, features, true), matrix(dProjection, 0, columns), features, rows, columns, out, 0);
  }
  return out;
}

function addScaled(scale: number, from: Float32Array, fromOffset: number, to: Float32Array, toOffset: number, count: number): void {
  for (let i = 0; i < count; i++) to[toOffset + i] = to[toOffset + i]! + scale * from[fromOffset + i]!;
}
