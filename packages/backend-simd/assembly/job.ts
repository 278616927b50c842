// A kernel is called as kernel(job, chunk, thread). `job` is the address of its arguments, which the JavaScript side wrote as
// float64, one every 8 bytes: wide enough for an address, an int32 and a float32 alike, and no kernel has to say which it is.

/**
 * Added to a whole number of less than 2⁵¹, it leaves its last 32 bits in those of the sum. A conversion proper may trap, which keeps V8
 * from taking it out of a loop, into which Binaryen likes to move what is used there alone: that made some kernels four times slower.
 */
// @ts-ignore: decorator
@inline
const WHOLE: f64 = 6755399441055744;

/** Argument `index` as an address. */
// @ts-ignore: decorator
@inline
export function pointerAt(job: usize, index: i32): usize {
  return <usize>reinterpret<u64>(load<f64>(job + (<usize>index << 3)) + WHOLE);
}

/** Argument `index` as an integer. */
// @ts-ignore: decorator
@inline
export function intAt(job: usize, index: i32): i32 {
  return <i32>reinterpret<u64>(load<f64>(job + (<usize>index << 3)) + WHOLE);
}

/** Argument `index` as a float32. */
// @ts-ignore: decorator
@inline
export function floatAt(job: usize, index: i32): f32 {
  return <f32>load<f64>(job + (<usize>index << 3));
}
