// Which taps of a window fall inside an image, along one axis.

// @ts-ignore: decorator
@inline
function ceilDivide(a: i32, b: i32): i32 {
  return b == 1 ? a : a > 0 ? (a + b - 1) / b : -(-a / b);
}

/** The first tap that is inside the image, where tap 0 falls on `start`. */
// @ts-ignore: decorator
@inline
export function firstTap(start: i32, dilation: i32): i32 {
  return max(0, ceilDivide(-start, dilation));
}

/** The tap after the last that is inside an image of `size`. */
// @ts-ignore: decorator
@inline
export function endTap(start: i32, dilation: i32, size: i32, taps: i32): i32 {
  return min(taps, ceilDivide(size - start, dilation));
}

/** The first output that sees pixel 0 or a later one under a tap that falls on `start` from output 0. */
// @ts-ignore: decorator
@inline
export function firstOutput(start: i32, stride: i32): i32 {
  return start >= 0 ? 0 : (stride - 1 - start) / stride;
}

/** The output after the last that sees a pixel below `size`. */
// @ts-ignore: decorator
@inline
export function endOutput(start: i32, stride: i32, size: i32, outputs: i32): i32 {
  return start >= size ? 0 : min(outputs, (size - 1 - start) / stride + 1);
}
