// Activations of a block of sums that was just written, and is still in the first cache. NaN stays NaN.

/** min(max(x, 0), 6); 1 is max(x, 0). */
const RELU6: i32 = 2;
/** x, or x · slope where x < 0. */
const LEAKY_RELU: i32 = 3;

/** Replaces c[i][j], float32 at c + i·cRow + 4·j, by its activation. */
export function finish(activation: i32, slope: f32, c: usize, cRow: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    let at = c + <usize>i * cRow;
    const end = at + (<usize>columns << 2);
    for (; at + 16 <= end; at += 16) v128.store(at, activate(activation, slope, v128.load(at)));
    for (; at < end; at += 4) v128.store32_lane(at, activate(activation, slope, v128.load32_zero(at)), 0);
  }
}

// @ts-ignore: decorator
@inline
function activate(activation: i32, slope: f32, x: v128): v128 {
  const zero = f32x4.splat(0);
  if (activation == LEAKY_RELU) return v128.bitselect(f32x4.mul(x, f32x4.splat(slope)), x, f32x4.lt(x, zero));
  // pmax and pmin return their first operand where either is NaN.
  const positive = f32x4.pmax(x, zero);
  return activation == RELU6 ? f32x4.pmin(positive, f32x4.splat(6)) : positive;
}
