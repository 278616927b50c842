// exp and what is made of it, of four float32 at once, over their whole range. x is split into n·ln 2 + r with |r| ≤ ln 2 / 2, expm1(r)
// is a polynomial, and 2ⁿ is put together from bits. Coefficients: build/minimax.mjs. The error bounds are those of exp.test.ts.
import { multiplyAdd, negativeMultiplyAdd } from '../vector';

/** Where exp is 0 and Infinity in float32. */
const LOWEST: f32 = -104;
const HIGHEST: f32 = 89;

const LOG2_E: f32 = 1.44269504;
/** ln 2 in two parts: the first has 15 bits, so that its product with n is exact. */
const LN2_HIGH: f32 = 0.693145751953125;
const LN2_LOW: f32 = 1.428606765330187e-6;
/** 1.5 · 2²³: added to a small number, it leaves that number's nearest integer in the last bits of the sum. */
const ROUNDER: f32 = 12582912;

/** Bits whose last ones are the integer nearest to x / ln 2. */
// @ts-ignore: decorator
@inline
function shifted(x: v128): v128 {
  return multiplyAdd(x, f32x4.splat(LOG2_E), f32x4.splat(ROUNDER));
}

/** expm1(r) − r, for |r| ≤ 0.3475, to 2⁻²⁶ r. */
// @ts-ignore: decorator
@inline
function tail(r: v128): v128 {
  let p = multiplyAdd(r, f32x4.splat(0.0013917535543441772), f32x4.splat(0.00836730096489191));
  p = multiplyAdd(p, r, f32x4.splat(0.04166661202907562));
  p = multiplyAdd(p, r, f32x4.splat(0.16666537523269653));
  p = multiplyAdd(p, r, f32x4.splat(0.5));
  return f32x4.mul(p, f32x4.mul(r, r));
}

/** eˣ, to 1 ulp. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.pmin(x, f32x4.splat(HIGHEST)), f32x4.splat(LOWEST));
  const shift = shifted(bounded);
  const n = f32x4.sub(shift, f32x4.splat(ROUNDER));
  const high = negativeMultiplyAdd(n, f32x4.splat(LN2_HIGH), bounded);
  const low = f32x4.mul(n, f32x4.splat(LN2_LOW));
  const y = f32x4.add(f32x4.splat(1), f32x4.add(high, f32x4.sub(tail(f32x4.sub(high, low)), low)));
  // 2ⁿ in two factors: of n = −150 … 128 neither over- nor underflows, and a result below the normal numbers is rounded once.
  const whole = i32x4.sub(shift, i32x4.splat(0x4b400000));
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(y, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
}

/** 2ⁿ, for n = −126 … 127. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/** eˣ − 1 for x ≥ −88, half of it beyond 88, to 1.5 ulp; the sign of −0 is lost. */
// @ts-ignore: decorator
@inline
function halfExpm1(x: v128): v128 {
  const shift = shifted(x);
  const n = f32x4.sub(shift, f32x4.splat(ROUNDER));
  const high = negativeMultiplyAdd(n, f32x4.splat(LN2_HIGH), x);
  const low = f32x4.mul(n, f32x4.splat(LN2_LOW));
  const p = f32x4.add(high, f32x4.sub(tail(f32x4.sub(high, low)), low));
  // 2ⁿ⁻¹, as 2ⁿ may overflow. The rounder's own bits vanish in the shift.
  const scale = i32x4.add(i32x4.shl(shift, 23), i32x4.splat(0x3f000000));
  return multiplyAdd(p, scale, f32x4.sub(scale, f32x4.splat(0.5)));
}

/** eˣ − 1, to 2 ulp. */
// @ts-ignore: decorator
@inline
export function expm1(x: v128): v128 {
  const y = halfExpm1(f32x4.pmax(f32x4.pmin(x, f32x4.splat(HIGHEST)), f32x4.splat(-20)));
  return withSign(f32x4.add(y, y), x);
}

/** tanh x = t / (t + 2), t = expm1(2|x|), to 2 ulp. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const size = f32x4.pmin(f32x4.abs(x), f32x4.splat(10));
  const half = halfExpm1(f32x4.add(size, size));
  return withSign(f32x4.div(half, f32x4.add(half, f32x4.splat(1))), x);
}

/** 1 / (1 + e⁻ˣ), to 2 ulp; e^−|x| never overflows, so that far below 0 it goes on where 1 + e⁻ˣ would be Infinity. */
// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const e = exp(v128.or(x, f32x4.splat(-0.0)));
  const isNegative = i32x4.shr_s(x, 31);
  return f32x4.div(v128.bitselect(e, f32x4.splat(1), isNegative), f32x4.add(f32x4.splat(1), e));
}

/** y with the sign of x. */
// @ts-ignore: decorator
@inline
export function withSign(y: v128, x: v128): v128 {
  return v128.bitselect(x, y, f32x4.splat(-0.0));
}
