/** The first `count` of four numbers, zeros after them: where four would reach beyond what there is. */
// @ts-ignore: decorator
@inline
export function loadUpTo(from: usize, count: i32): v128 {
  return count >= 4 ? v128.load(from) : loadPart(from, count);
}

/** Stores the first `count` of four numbers. */
// @ts-ignore: decorator
@inline
export function storeUpTo(to: usize, value: v128, count: i32): void {
  if (count >= 4) v128.store(to, value);
  else storePart(to, value, count);
}

function loadPart(from: usize, count: i32): v128 {
  let value = f32x4.splat(0);
  if (count > 0) value = f32x4.replace_lane(value, 0, load<f32>(from));
  if (count > 1) value = f32x4.replace_lane(value, 1, load<f32>(from, 4));
  if (count > 2) value = f32x4.replace_lane(value, 2, load<f32>(from, 8));
  return value;
}

function storePart(to: usize, value: v128, count: i32): void {
  if (count > 0) store<f32>(to, f32x4.extract_lane(value, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(value, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(value, 2), 8);
}
