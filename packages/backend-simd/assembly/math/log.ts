// log and what is made of it, of four float32 at once, over their whole range. x is split into 2ᵉ·(1 + f) with √½ ≤ 1 + f < √2, and
// log(1 + f) is a polynomial. Coefficients: build/minimax.mjs. The error bounds are those of math.test.ts.
import { multiplyAdd } from '../vector';
import { exp, withSign } from './exp';

/** Bits of √½: where a number's exponent is taken to begin. */
const ROOT_HALF: i32 = 0x3f3504f3;
const LN2_HIGH: f32 = 0.693145751953125;
const LN2_LOW: f32 = 1.428606765330187e-6;

/** log x + c for positive numbers, normal ones only; `exponents` are added to those of x. */
// @ts-ignore: decorator
@inline
function logOfNormal(x: v128, exponents: v128, c: v128): v128 {
  const exponent = i32x4.shr_s(i32x4.sub(x, i32x4.splat(ROOT_HALF)), 23);
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(exponent, 23)), f32x4.splat(1));
  const e = f32x4.convert_i32x4_s(i32x4.add(exponent, exponents));
  let p = multiplyAdd(f, f32x4.splat(0.06835827976465225), f32x4.splat(-0.11808469891548157));
  p = multiplyAdd(p, f, f32x4.splat(0.1188240796327591));
  p = multiplyAdd(p, f, f32x4.splat(-0.12380874156951904));
  p = multiplyAdd(p, f, f32x4.splat(0.14219042658805847));
  p = multiplyAdd(p, f, f32x4.splat(-0.1666925996541977));
  p = multiplyAdd(p, f, f32x4.splat(0.20002220571041107));
  p = multiplyAdd(p, f, f32x4.splat(-0.24999986588954926));
  p = multiplyAdd(p, f, f32x4.splat(0.3333331048488617));
  const square = f32x4.mul(f, f);
  const small = multiplyAdd(p, f32x4.mul(square, f), multiplyAdd(e, f32x4.splat(LN2_LOW), c));
  const middle = f32x4.sub(f, f32x4.sub(f32x4.mul(square, f32x4.splat(0.5)), small));
  return multiplyAdd(e, f32x4.splat(LN2_HIGH), middle);
}

/** −Infinity in place of y where x is 0, NaN where it is less, x where it is Infinity or NaN. */
// @ts-ignore: decorator
@inline
function withLimits(y: v128, x: v128): v128 {
  const atMostZero = v128.or(f32x4.splat(-Infinity), f32x4.ne(x, f32x4.splat(0)));
  return v128.bitselect(v128.bitselect(y, x, f32x4.lt(x, f32x4.splat(Infinity))), atMostZero, f32x4.gt(x, f32x4.splat(0)));
}

/** log x, to 1 ulp. */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  // 2²³ times what lies below the normal numbers.
  const isSmall = f32x4.lt(x, f32x4.splat(1.1754943508222875e-38));
  const normal = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, isSmall);
  return withLimits(logOfNormal(normal, v128.and(isSmall, i32x4.splat(-23)), f32x4.splat(0)), x);
}

/** log(1 + x), to 1 ulp. What 1 + x loses to rounding comes back as its part of the logarithm. */
// @ts-ignore: decorator
@inline
export function log1p(x: v128): v128 {
  const one = f32x4.splat(1);
  const sum = f32x4.add(x, one);
  const added = f32x4.sub(sum, one);
  const lost = f32x4.add(f32x4.sub(one, f32x4.sub(sum, added)), f32x4.sub(x, added));
  return withSign(withLimits(logOfNormal(sum, i32x4.splat(0), f32x4.div(lost, sum)), sum), x);
}

/** log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|), to 2 ulp. */
// @ts-ignore: decorator
@inline
export function softplus(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = exp(v128.or(x, f32x4.splat(-0.0)));
  const sum = f32x4.add(e, one);
  const lost = f32x4.sub(e, f32x4.sub(sum, one));
  return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), logOfNormal(sum, i32x4.splat(0), f32x4.div(lost, sum)));
}
