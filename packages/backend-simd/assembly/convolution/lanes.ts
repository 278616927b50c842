// Vectors of which only the first `lanes` (4, 2 or 1) are in memory: the channels that are left over where their number is no multiple
// of 4. `lanes` is a constant wherever these are called, and all but one branch goes.

// @ts-ignore: decorator
@inline
export function loadLanes(lanes: i32, from: usize): v128 {
  if (lanes == 4) return v128.load(from);
  if (lanes == 2) return v128.load64_zero(from);
  return v128.load32_zero(from);
}

// @ts-ignore: decorator
@inline
export function storeLanes(lanes: i32, to: usize, value: v128): void {
  if (lanes == 4) v128.store(to, value);
  else if (lanes == 2) v128.store64_lane(to, value, 0);
  else v128.store32_lane(to, value, 0);
}
