// exp and what is made of it, of four float32 at once, over their whole range. x is split into n·ln 2 + r with |r| ≤ ln 2 / 2, expm1(r)
// is a polynomial, and 2ⁿ is put together from bits. Constants: constants.ts. The error bounds are those of math.test.ts.
import * as constant from './constants';
import { splat } from './constants';
import { multiplyAdd, negativeMultiplyAdd, select } from '../vector';

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

/**
 * eˣ for |x| < 87, the bits that {@link exp} has: neither argument nor result needs bounds there, which are a third of its instructions. The
 * constants are the caller's, who loads them before a loop: to load them within it is another third.
 */
// @ts-ignore: decorator
@inline
function expBy(
  x: v128,
  log2e: v128,
  rounder: v128,
  ln2High: v128,
  ln2Low: v128,
  c6: v128,
  c5: v128,
  c4: v128,
  c3: v128,
  half: v128,
  one: v128,
): v128 {
  const shift = multiplyAdd(x, log2e, rounder);
  const n = f32x4.sub(shift, rounder);
  const high = negativeMultiplyAdd(n, ln2High, x);
  const low = f32x4.mul(n, ln2Low);
  const r = f32x4.sub(high, low);
  let p = multiplyAdd(r, c6, c5);
  p = multiplyAdd(p, r, c4);
  p = multiplyAdd(p, r, c3);
  p = multiplyAdd(p, r, half);
  const y = f32x4.add(one, f32x4.add(high, f32x4.sub(f32x4.mul(p, f32x4.mul(r, r)), low)));
  // 2ⁿ: the rounder's own bits vanish in the shift.
  return f32x4.mul(y, i32x4.add(i32x4.shl(shift, 23), one));
}

/** {@link expBy} with the constants loaded here. */
// @ts-ignore: decorator
@inline
export function expInside(x: v128): v128 {
  return expBy(
    x,
    splat(constant.LOG2_E),
    splat(constant.ROUNDER),
    splat(constant.LN2_HIGH),
    splat(constant.LN2_LOW),
    splat(constant.EXP_6),
    splat(constant.EXP_5),
    splat(constant.EXP_4),
    splat(constant.EXP_3),
    splat(constant.HALF),
    splat(constant.ONE),
  );
}

/** Whether {@link expInside} has the right values: all bits of the lanes where it has. */
// @ts-ignore: decorator
@inline
export function isInside(x: v128): v128 {
  return f32x4.lt(f32x4.abs(x), splat(constant.EXP_INSIDE));
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
  return sigmoidOf(x, exp(v128.or(x, splat(constant.SIGN_BIT))), splat(constant.ONE));
}

/** 1 / (1 + e⁻ˣ), where e is e^−|x|. */
// @ts-ignore: decorator
@inline
function sigmoidOf(x: v128, e: v128, one: v128): v128 {
  return f32x4.div(select(e, one, i32x4.shr_s(x, 31)), f32x4.add(one, e));
}

/** y with the sign of x. */
// @ts-ignore: decorator
@inline
export function withSign(y: v128, x: v128): v128 {
  return v128.bitselect(x, y, splat(constant.SIGN_BIT));
}

/** {@link exp}, or {@link sigmoid}, of the numbers from `x` to `end`, and on to a multiple of 16, to `y`. */
// @ts-ignore: decorator
@inline
export function mapExponentials(isSigmoid: bool, x: usize, y: usize, end: usize): void {
  const log2e = splat(constant.LOG2_E);
  const rounder = splat(constant.ROUNDER);
  const ln2High = splat(constant.LN2_HIGH);
  const ln2Low = splat(constant.LN2_LOW);
  const c6 = splat(constant.EXP_6);
  const c5 = splat(constant.EXP_5);
  const c4 = splat(constant.EXP_4);
  const c3 = splat(constant.EXP_3);
  const half = splat(constant.HALF);
  const one = splat(constant.ONE);
  for (; x < end; x += 16, y += 16) {
    const value = v128.load(x);
    if (i32x4.all_true(isInside(value))) {
      const e = expBy(isSigmoid ? v128.or(value, splat(constant.SIGN_BIT)) : value, log2e, rounder, ln2High, ln2Low, c6, c5, c4, c3, half, one);
      v128.store(y, isSigmoid ? sigmoidOf(value, e, one) : e);
    } else v128.store(y, isSigmoid ? sigmoid(value) : exp(value));
  }
}

/** p·x, or q·expm1(x) where x is below 0, of the numbers from `x` to `end`, and on to a multiple of 16, to `y`. */
export function mapElu(x: usize, y: usize, end: usize, p: v128, q: v128): void {
  const log2e = splat(constant.LOG2_E);
  const rounder = splat(constant.ROUNDER);
  const ln2High = splat(constant.LN2_HIGH);
  const ln2Low = splat(constant.LN2_LOW);
  const c6 = splat(constant.EXP_6);
  const c5 = splat(constant.EXP_5);
  const c4 = splat(constant.EXP_4);
  const c3 = splat(constant.EXP_3);
  const half = splat(constant.HALF);
  const one = splat(constant.ONE);
  for (; x < end; x += 16, y += 16) {
    const value = v128.load(x);
    // What comes of positive numbers is not looked at.
    const bounded = f32x4.pmax(value, splat(constant.EXPM1_LIMIT));
    const shift = multiplyAdd(bounded, log2e, rounder);
    const n = f32x4.sub(shift, rounder);
    const high = negativeMultiplyAdd(n, ln2High, bounded);
    const low = f32x4.mul(n, ln2Low);
    const r = f32x4.sub(high, low);
    let t = multiplyAdd(r, c6, c5);
    t = multiplyAdd(t, r, c4);
    t = multiplyAdd(t, r, c3);
    t = multiplyAdd(t, r, half);
    const whole = f32x4.add(high, f32x4.sub(f32x4.mul(t, f32x4.mul(r, r)), low));
    const scale = i32x4.add(i32x4.shl(shift, 23), one);
    const below = f32x4.mul(multiplyAdd(whole, scale, f32x4.sub(scale, one)), q);
    v128.store(y, select(f32x4.mul(value, p), below, f32x4.ge(value, f32x4.splat(0))));
  }
}
