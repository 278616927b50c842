// exp and what is made of it, of four float32 at once, over their whole range. x is split into n·ln 2 + r with |r| ≤ ln 2 / 2, expm1(r)
// is a polynomial, and 2ⁿ is put together from bits. Constants: constants.ts. The error bounds are those of math.test.ts.
import * as constant from './constants';
import { splat } from './constants';
import { multiplyAdd, negativeMultiplyAdd } from '../vector';

/** Bits whose last ones are the integer nearest to x / ln 2. */
// @ts-ignore: decorator
@inline
function shifted(x: v128): v128 {
  return multiplyAdd(x, splat(constant.LOG2_E), splat(constant.ROUNDER));
}

/** expm1(r) − r, for |r| ≤ 0.3475, to 2⁻²⁶ r. */
// @ts-ignore: decorator
@inline
function tail(r: v128): v128 {
  let p = multiplyAdd(r, splat(constant.EXP_6), splat(constant.EXP_5));
  p = multiplyAdd(p, r, splat(constant.EXP_4));
  p = multiplyAdd(p, r, splat(constant.EXP_3));
  p = multiplyAdd(p, r, splat(constant.HALF));
  return f32x4.mul(p, f32x4.mul(r, r));
}

/** eˣ, to 1 ulp. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, splat(constant.HIGHEST_EXPONENT)), splat(constant.LOWEST_EXPONENT));
  const shift = shifted(bounded);
  const n = f32x4.sub(shift, splat(constant.ROUNDER));
  const high = negativeMultiplyAdd(n, splat(constant.LN2_HIGH), bounded);
  const low = f32x4.mul(n, splat(constant.LN2_LOW));
  const y = f32x4.add(splat(constant.ONE), f32x4.add(high, f32x4.sub(tail(f32x4.sub(high, low)), low)));
  // 2ⁿ in two factors: of n = −150 … 128 neither over- nor underflows, and a result below the normal numbers is rounded once.
  const whole = i32x4.sub(shift, splat(constant.ROUNDER));
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(y, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
}

/** 2ⁿ, for n = −126 … 127. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.add(i32x4.shl(n, 23), splat(constant.ONE));
}

/** eˣ − 1 for x ≥ −88, half of it beyond 88, to 1.5 ulp; the sign of −0 is lost. */
// @ts-ignore: decorator
@inline
function halfExpm1(x: v128): v128 {
  const shift = shifted(x);
  const n = f32x4.sub(shift, splat(constant.ROUNDER));
  const high = negativeMultiplyAdd(n, splat(constant.LN2_HIGH), x);
  const low = f32x4.mul(n, splat(constant.LN2_LOW));
  const p = f32x4.add(high, f32x4.sub(tail(f32x4.sub(high, low)), low));
  // 2ⁿ⁻¹, as 2ⁿ may overflow. The rounder's own bits vanish in the shift.
  const scale = i32x4.add(i32x4.shl(shift, 23), splat(constant.HALF));
  return multiplyAdd(p, scale, f32x4.sub(scale, splat(constant.HALF)));
}

/** eˣ − 1, to 1.5 ulp. */
// @ts-ignore: decorator
@inline
export function expm1(x: v128): v128 {
  const y = halfExpm1(f32x4.pmax(f32x4.pmin(x, splat(constant.HIGHEST_EXPONENT)), splat(constant.EXPM1_LIMIT)));
  return withSign(f32x4.add(y, y), x);
}

/** tanh x = t / (t + 2), t = expm1(2|x|), to 2.5 ulp. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const size = f32x4.pmin(f32x4.abs(x), splat(constant.TANH_LIMIT));
  const half = halfExpm1(f32x4.add(size, size));
  return withSign(f32x4.div(half, f32x4.add(half, splat(constant.ONE))), x);
}

/** 1 / (1 + e⁻ˣ), to 2.5 ulp; e^−|x| never overflows, so that far below 0 it goes on where 1 + e⁻ˣ would be Infinity. */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const e = exp(v128.or(x, splat(constant.SIGN_BIT)));
  const isNegative = i32x4.shr_s(x, 31);
  return f32x4.div(v128.bitselect(e, splat(constant.ONE), isNegative), f32x4.add(splat(constant.ONE), e));
}

/** y with the sign of x. */
// @ts-ignore: decorator
@inline
export function withSign(y: v128, x: v128): v128 {
  return v128.bitselect(x, y, splat(constant.SIGN_BIT));
}
