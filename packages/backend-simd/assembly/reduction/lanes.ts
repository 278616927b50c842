// The last one to three numbers of a row, as vectors: reading four would go beyond the row, and, at its end, beyond the memory.

/** The `count` numbers at `at`, 1 to 4; `other` in the lanes behind them. */
// @ts-ignore: decorator
@inline
export function loadSome(at: usize, count: i32, other: v128): v128 {
  if (count >= 4) return v128.load(at);
  let v = v128.load32_lane(at, other, 0);
  if (count > 1) v = v128.load32_lane(at, v, 1, 4);
  if (count > 2) v = v128.load32_lane(at, v, 2, 8);
  return v;
}

/** Stores the first `count` numbers, 1 to 4. */
// @ts-ignore: decorator
@inline
export function storeSome(at: usize, v: v128, count: i32): void {
  if (count >= 4) {
    v128.store(at, v);
    return;
  }
  v128.store32_lane(at, v, 0);
  if (count > 1) v128.store32_lane(at, v, 1, 4);
  if (count > 2) v128.store32_lane(at, v, 2, 8);
}

/** The largest of four; NaN where there is one. */
// @ts-ignore: decorator
@inline
export function largestOfLanes(v: v128): f32 {
  const pairs = f32x4.max(v, i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}
