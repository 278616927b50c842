// A kernel is called as kernel(job, chunk, thread). `job` is the address of its arguments, which the JavaScript side wrote as
// float64, one every 8 bytes: wide enough for an address, an int32 and a float32 alike, and no kernel has to say which it is.

/** Argument `index` as an address. */
// @ts-ignore: decorator
@inline
export function pointerAt(job: usize, index: i32): usize {
  return <usize>load<f64>(job + (<usize>index << 3));
}

/** Argument `index` as an integer. */
// @ts-ignore: decorator
@inline
export function intAt(job: usize, index: i32): i32 {
  return <i32>load<f64>(job + (<usize>index << 3));
}

/** Argument `index` as a float32. */
// @ts-ignore: decorator
@inline
export function floatAt(job: usize, index: i32): f32 {
  return <f32>load<f64>(job + (<usize>index << 3));
}
