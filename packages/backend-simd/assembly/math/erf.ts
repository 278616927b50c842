import { multiplyAdd } from '../vector';
import * as constant from './constants';
import { splat } from './constants';
import { exp, withSign } from './exp';

/**
 * erf x of four float32 at once, to 1.5 ulp: a polynomial in x up to 1, and 1 − erfc x beyond, whose logarithm is one. Constants:
 * constants.ts.
 */
// @ts-ignore: decorator
@inline
export function erf(x: v128): v128 {
  const one = splat(constant.ONE);
  const square = f32x4.mul(x, x);
  let p = multiplyAdd(square, splat(constant.ERF_13), splat(constant.ERF_11));
  p = multiplyAdd(p, square, splat(constant.ERF_9));
  p = multiplyAdd(p, square, splat(constant.ERF_7));
  p = multiplyAdd(p, square, splat(constant.ERF_5));
  p = multiplyAdd(p, square, splat(constant.ERF_3));
  p = multiplyAdd(p, square, splat(constant.ERF_1));
  const near = multiplyAdd(x, p, x);
  // erf is 1 from 3.92 on.
  const size = f32x4.pmin(f32x4.abs(x), splat(constant.ERF_LIMIT));
  let q = multiplyAdd(size, splat(constant.LOG_ERFC_7), splat(constant.LOG_ERFC_6));
  q = multiplyAdd(q, size, splat(constant.LOG_ERFC_5));
  q = multiplyAdd(q, size, splat(constant.LOG_ERFC_4));
  q = multiplyAdd(q, size, splat(constant.LOG_ERFC_3));
  q = multiplyAdd(q, size, splat(constant.LOG_ERFC_2));
  q = multiplyAdd(q, size, splat(constant.LOG_ERFC_1));
  q = multiplyAdd(q, size, splat(constant.LOG_ERFC_0));
  const far = withSign(f32x4.sub(one, exp(q)), x);
  return v128.bitselect(near, far, f32x4.lt(size, one));
}
