// Vectors of which only the first lanes lie in memory that may be touched.

/** The first `lanes` (1 to 4) float32 at `from`; zero in the other lanes. */
// @ts-ignore: decorator
@inline
export function loadLanes(from: usize, lanes: i32): v128 {
  if (lanes == 4) return v128.load(from);
  if (lanes == 1) return v128.load32_zero(from);
  const pair = v128.load64_zero(from);
  return lanes == 2 ? pair : v128.load32_lane(from, pair, 2, 8);
}

/** Writes the first `lanes` (1 to 4) lanes of `value`. */
// @ts-ignore: decorator
@inline
export function storeLanes(to: usize, value: v128, lanes: i32): void {
  if (lanes == 4) {
    v128.store(to, value);
  } else if (lanes == 1) {
    v128.store32_lane(to, value, 0);
  } else {
    v128.store64_lane(to, value, 0);
    if (lanes == 3) v128.store32_lane(to, value, 2, 8);
  }
}

/** Lane i is the float32 at `from + min(i, count − 1)·stride`. */
// @ts-ignore: decorator
@inline
export function gatherLanes(from: usize, stride: usize, count: i32): v128 {
  let at = from;
  let lanes = v128.load32_splat(at);
  at += count > 1 ? stride : 0;
  lanes = v128.load32_lane(at, lanes, 1);
  at += count > 2 ? stride : 0;
  lanes = v128.load32_lane(at, lanes, 2);
  at += count > 3 ? stride : 0;
  return v128.load32_lane(at, lanes, 3);
}
