// log and what is made of it, of four float32 at once, over their whole range. x is split into 2ᵉ·(1 + f) with √½ ≤ 1 + f < √2, and
// log(1 + f) is a polynomial. Constants: constants.ts. The error bounds are those of math.test.ts.
import { multiplyAdd } from '../vector';
import * as constant from './constants';
import { splat } from './constants';
import { exp, withSign } from './exp';

/** log x + c for positive numbers, normal ones only; `exponents` are added to those of x. */
// @ts-ignore: decorator
@inline
function logOfNormal(x: v128, exponents: v128, c: v128): v128 {
  const exponent = i32x4.shr_s(i32x4.sub(x, splat(constant.ROOT_HALF)), 23);
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(exponent, 23)), splat(constant.ONE));
  const e = f32x4.convert_i32x4_s(i32x4.add(exponent, exponents));
  let p = multiplyAdd(f, splat(constant.LOG_11), splat(constant.LOG_10));
  p = multiplyAdd(p, f, splat(constant.LOG_9));
  p = multiplyAdd(p, f, splat(constant.LOG_8));
  p = multiplyAdd(p, f, splat(constant.LOG_7));
  p = multiplyAdd(p, f, splat(constant.LOG_6));
  p = multiplyAdd(p, f, splat(constant.LOG_5));
  p = multiplyAdd(p, f, splat(constant.LOG_4));
  p = multiplyAdd(p, f, splat(constant.LOG_3));
  const square = f32x4.mul(f, f);
  const small = multiplyAdd(p, f32x4.mul(square, f), multiplyAdd(e, splat(constant.LN2_LOW), c));
  const middle = f32x4.sub(f, f32x4.sub(f32x4.mul(square, splat(constant.HALF)), small));
  return multiplyAdd(e, splat(constant.LN2_HIGH), middle);
}

/** −Infinity in place of y where x is 0, NaN where it is less, x where it is Infinity or NaN. */
// @ts-ignore: decorator
@inline
function withLimits(y: v128, x: v128): v128 {
  const atMostZero = v128.or(splat(constant.NEGATIVE_INFINITY), f32x4.ne(x, f32x4.splat(0)));
  return v128.bitselect(v128.bitselect(y, x, f32x4.lt(x, splat(constant.INFINITY))), atMostZero, f32x4.gt(x, f32x4.splat(0)));
}

/** log x, to 1 ulp. */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  // 2²³ times what lies below the normal numbers.
  const isSmall = f32x4.lt(x, splat(constant.SMALLEST_NORMAL));
  const normal = v128.bitselect(f32x4.mul(x, splat(constant.TWO_TO_23)), x, isSmall);
  return withLimits(logOfNormal(normal, v128.and(isSmall, i32x4.splat(-23)), f32x4.splat(0)), x);
}

/** log(1 + x), to 1 ulp. What 1 + x loses to rounding comes back as its part of the logarithm. */
// @ts-ignore: decorator
@inline
export function log1p(x: v128): v128 {
  const one = splat(constant.ONE);
  const sum = f32x4.add(x, one);
  const added = f32x4.sub(sum, one);
  const lost = f32x4.add(f32x4.sub(one, f32x4.sub(sum, added)), f32x4.sub(x, added));
  return withSign(withLimits(logOfNormal(sum, i32x4.splat(0), f32x4.div(lost, sum)), sum), x);
}

/** log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|), to 2 ulp. */
// @ts-ignore: decorator
@inline
export function softplus(x: v128): v128 {
  const one = splat(constant.ONE);
  const e = exp(v128.or(x, splat(constant.SIGN_BIT)));
  const sum = f32x4.add(e, one);
  const lost = f32x4.sub(e, f32x4.sub(sum, one));
  return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), logOfNormal(sum, i32x4.splat(0), f32x4.div(lost, sum)));
}
