// Functions of two float64 at once, for float32 that come and go: some 2⁻³² of the value, so that the result is the float32 nearest to the
// true one, or in rare cases the next. What is seldom used, or hard to get right in float32, is computed so. Only the operations that IEEE
// 754 fixes. Coefficients: build/minimax.mjs.
import * as constant from './constants';
import { wideSplat } from './constants';

/** Bits of 1, less those of √½: added to a number's, they make its exponent count from √½ on. */
const EXPONENTS_FROM: i64 = 0x0009_5f61_9980_c433;
const HALF_PI: f64 = 1.5707963267948966;

/** Two float32 of four as float64. */
// @ts-ignore: decorator
@inline
export function lower(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

/** The other two. */
// @ts-ignore: decorator
@inline
export function upper(x: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 1));
}

/** Four float32 from twice two float64. */
// @ts-ignore: decorator
@inline
export function joined(low: v128, high: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

// @ts-ignore: decorator
@inline
function one(): v128 {
  return f64x2.splat(1);
}

/** a·b + c, rounded twice. */
// @ts-ignore: decorator
@inline
function mulAdd(a: v128, b: v128, c: v128): v128 {
  return f64x2.add(f64x2.mul(a, b), c);
}

/** eˣ − 1, for |x| up to 708; beyond 160 it is that of 160. */
export function expm1(x: v128): v128 {
  const bounded = f64x2.pmax(f64x2.pmin(x, wideSplat(constant.WIDE_LIMIT)), wideSplat(constant.WIDE_LEAST));
  const rounder = wideSplat(constant.WIDE_ROUNDER);
  const shift = mulAdd(bounded, wideSplat(constant.WIDE_LOG2_E), rounder);
  const r = f64x2.sub(bounded, f64x2.mul(f64x2.sub(shift, rounder), wideSplat(constant.WIDE_LN2)));
  let p = mulAdd(r, wideSplat(constant.WIDE_EXP_7), wideSplat(constant.WIDE_EXP_6));
  p = mulAdd(p, r, wideSplat(constant.WIDE_EXP_5));
  p = mulAdd(p, r, wideSplat(constant.WIDE_EXP_4));
  p = mulAdd(p, r, wideSplat(constant.WIDE_EXP_3));
  p = mulAdd(p, r, wideSplat(constant.WIDE_EXP_2));
  p = mulAdd(p, f64x2.mul(r, r), r);
  const one = wideSplat(constant.WIDE_ONE);
  const scale = i64x2.add(i64x2.shl(shift, 52), one);
  return mulAdd(p, scale, f64x2.sub(scale, one));
}

/** log x: −Infinity of 0, NaN below. */
export function log(x: v128): v128 {
  // The exponent, counted from √½ on, biased by 1023, and made a number by way of the bits of 2⁵² + it.
  const biased = i64x2.shr_u(i64x2.add(x, i64x2.splat(EXPONENTS_FROM)), 52);
  const e = f64x2.sub(v128.or(biased, wideSplat(constant.WIDE_TWO_TO_52)), wideSplat(constant.WIDE_BIASED));
  const f = f64x2.sub(i64x2.sub(x, i64x2.shl(i64x2.sub(biased, i64x2.splat(1023)), 52)), wideSplat(constant.WIDE_ONE));
  const s = f64x2.div(f, f64x2.add(f, wideSplat(constant.WIDE_TWO)));
  const square = f64x2.mul(s, s);
  let p = mulAdd(square, wideSplat(constant.WIDE_LOG_4), wideSplat(constant.WIDE_LOG_3));
  p = mulAdd(p, square, wideSplat(constant.WIDE_LOG_2));
  p = mulAdd(p, square, wideSplat(constant.WIDE_LOG_1));
  const y = mulAdd(e, wideSplat(constant.WIDE_LN2), mulAdd(p, f64x2.mul(square, s), f64x2.add(s, s)));
  const zero = f64x2.splat(0);
  const atMostZero = v128.or(wideSplat(constant.WIDE_LOWEST), f64x2.ne(x, zero));
  return v128.bitselect(v128.bitselect(y, x, f64x2.lt(x, wideSplat(constant.WIDE_INFINITY))), atMostZero, f64x2.gt(x, zero));
}

/** log(1 + x). */
export function log1p(x: v128): v128 {
  const sum = f64x2.add(x, one());
  const added = f64x2.sub(sum, one());
  const y = f64x2.mul(log(sum), f64x2.div(x, added));
  return v128.bitselect(x, y, v128.or(f64x2.eq(added, f64x2.splat(0)), f64x2.eq(x, f64x2.splat(Infinity))));
}

/** y with the sign of x. */
// @ts-ignore: decorator
@inline
function withSign(y: v128, x: v128): v128 {
  return v128.bitselect(x, y, f64x2.splat(-0.0));
}

export function sinh(x: v128): v128 {
  const t = expm1(f64x2.abs(x));
  return withSign(f64x2.mul(f64x2.add(t, f64x2.div(t, f64x2.add(t, one()))), f64x2.splat(0.5)), x);
}

export function cosh(x: v128): v128 {
  const e = f64x2.add(expm1(f64x2.abs(x)), one());
  return f64x2.mul(f64x2.add(e, f64x2.div(one(), e)), f64x2.splat(0.5));
}

export function asinh(x: v128): v128 {
  const size = f64x2.abs(x);
  // Beyond 2⁵⁰⁰, which no finite float32 is, the square would be Infinity.
  const bounded = f64x2.pmin(size, f64x2.splat(3.273390607896142e150));
  const square = f64x2.mul(bounded, bounded);
  const y = log1p(f64x2.add(bounded, f64x2.div(square, f64x2.add(one(), f64x2.sqrt(f64x2.add(square, one()))))));
  return withSign(v128.bitselect(size, y, f64x2.eq(size, f64x2.splat(Infinity))), x);
}

export function acosh(x: v128): v128 {
  const t = f64x2.sub(x, one());
  const y = log1p(f64x2.add(t, f64x2.sqrt(f64x2.mul(t, f64x2.add(t, f64x2.splat(2))))));
  return v128.or(y, f64x2.lt(t, f64x2.splat(0)));
}

export function atanh(x: v128): v128 {
  const size = f64x2.abs(x);
  return withSign(f64x2.mul(log1p(f64x2.div(f64x2.add(size, size), f64x2.sub(one(), size))), f64x2.splat(0.5)), x);
}

/** The angle, from 0 to π/2, whose tangent is y / x, of y and x ≥ 0; of two zeros 0, of two infinities π/4. */
function angle(y: v128, x: v128): v128 {
  const most = f64x2.splat(1.0715086071862673e301);
  const least = f64x2.splat(9.332636185032189e-302);
  const u = f64x2.min(y, most);
  const v = f64x2.min(x, most);
  const small = f64x2.min(u, v);
  const large = f64x2.max(f64x2.max(u, v), least);
  // tan(a − π/4) = (tan a − 1) / (tan a + 1): what remains is up to tan π/8.
  const isFar = f64x2.gt(small, f64x2.mul(large, f64x2.splat(0.41421356237309503)));
  const numerator = v128.bitselect(f64x2.sub(small, large), small, isFar);
  const denominator = v128.bitselect(f64x2.add(small, large), large, isFar);
  const q = f64x2.div(numerator, denominator);
  const square = f64x2.mul(q, q);
  let p = mulAdd(square, f64x2.splat(0.04748275546068728), f64x2.splat(-0.08478406323791948));
  p = mulAdd(p, square, f64x2.splat(0.11045093559838837));
  p = mulAdd(p, square, f64x2.splat(-0.14282042075484858));
  p = mulAdd(p, square, f64x2.splat(0.19999905186845085));
  p = mulAdd(p, square, f64x2.splat(-0.3333333251460774));
  p = mulAdd(p, f64x2.mul(square, q), q);
  p = f64x2.add(p, v128.and(isFar, f64x2.splat(HALF_PI / 2)));
  return v128.bitselect(f64x2.sub(f64x2.splat(HALF_PI), p), p, f64x2.gt(u, v));
}

/** The angle of the point (x, y), from −π to π. */
export function atan2(y: v128, x: v128): v128 {
  const a = angle(f64x2.abs(y), f64x2.abs(x));
  const isLeft = i64x2.shr_s(x, 63);
  return withSign(v128.bitselect(f64x2.sub(f64x2.splat(2 * HALF_PI), a), a, isLeft), y);
}

/** √(1 − x²). */
// @ts-ignore: decorator
@inline
function otherSide(x: v128): v128 {
  return f64x2.sqrt(f64x2.mul(f64x2.sub(one(), x), f64x2.add(one(), x)));
}

export function atan(x: v128): v128 {
  return withSign(angle(f64x2.abs(x), one()), x);
}

export function asin(x: v128): v128 {
  return withSign(angle(f64x2.abs(x), otherSide(x)), x);
}

export function acos(x: v128): v128 {
  return atan2(otherSide(x), x);
}

/** a to the power b, as ECMAScript has it: 1 to the power of NaN or an infinity is NaN. */
export function pow(a: v128, b: v128): v128 {
  const zero = f64x2.splat(0);
  const size = f64x2.abs(a);
  // 0 · Infinity is the NaN that is wanted of 1 to the power of infinities.
  const y = f64x2.add(expm1(f64x2.mul(b, log(size))), one());
  const half = f64x2.mul(b, f64x2.splat(0.5));
  const isInteger = f64x2.eq(f64x2.nearest(b), b);
  const isOdd = v128.andnot(isInteger, f64x2.eq(f64x2.nearest(half), half));
  const signed = v128.xor(y, v128.and(v128.and(a, f64x2.splat(-0.0)), isOdd));
  // Below 0 there is no root; of −Infinity there is.
  const isRoot = v128.andnot(v128.and(f64x2.lt(a, zero), f64x2.lt(size, f64x2.splat(Infinity))), isInteger);
  return v128.bitselect(one(), v128.or(signed, isRoot), f64x2.eq(b, zero));
}
