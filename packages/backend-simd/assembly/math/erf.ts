import { multiplyAdd } from '../vector';
import { exp, withSign } from './exp';

/**
 * erf x of four float32 at once, to 1.5 ulp: a polynomial in x up to 1, and 1 − erfc x beyond, whose logarithm is one. Coefficients:
 * build/minimax.mjs.
 */
// @ts-ignore: decorator
@inline
export function erf(x: v128): v128 {
  const one = f32x4.splat(1);
  const square = f32x4.mul(x, x);
  let p = multiplyAdd(square, f32x4.splat(0.00007920303323771805), f32x4.splat(-0.0008030750323086977));
  p = multiplyAdd(p, square, f32x4.splat(0.005190733354538679));
  p = multiplyAdd(p, square, f32x4.splat(-0.02685512602329254));
  p = multiplyAdd(p, square, f32x4.splat(0.11283618211746216));
  p = multiplyAdd(p, square, f32x4.splat(-0.3761262893676758));
  p = multiplyAdd(p, square, f32x4.splat(0.12837916612625122));
  const near = multiplyAdd(x, p, x);
  // erf is 1 from 3.92 on.
  const size = f32x4.pmin(f32x4.abs(x), f32x4.splat(4));
  let q = multiplyAdd(size, f32x4.splat(-0.000021684618332074024), f32x4.splat(0.0004413104907143861));
  q = multiplyAdd(q, size, f32x4.splat(-0.0042044431902468204));
  q = multiplyAdd(q, size, f32x4.splat(0.02520797774195671));
  q = multiplyAdd(q, size, f32x4.splat(-0.10841821879148483));
  q = multiplyAdd(q, size, f32x4.splat(-0.6332201361656189));
  q = multiplyAdd(q, size, f32x4.splat(-1.1295783519744873));
  q = multiplyAdd(q, size, f32x4.splat(0.0001880364870885387));
  const far = withSign(f32x4.sub(one, exp(q)), x);
  return v128.bitselect(near, far, f32x4.lt(size, one));
}
