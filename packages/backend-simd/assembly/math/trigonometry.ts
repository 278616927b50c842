// sin, cos and tan of two float64 at once, for float32 of any size: x is split into n quarter turns and a rest of at most π/4. Accurate as
// wide.ts is. Coefficients: build/minimax.mjs.

const TWO_OVER_PI: f64 = 0.6366197723675814;
/** π/2 in two parts: the first has 33 bits, so that its product with n up to 2²⁰ is exact. */
const QUARTER_HIGH: f64 = 1.5707963267341256;
const QUARTER_LOW: f64 = 6.077100506506192e-11;
/** Up to here the two parts are enough. */
const NEAR: f64 = 1000000;
/** 1.5 · 2⁵²: added to a small number, it leaves that number's nearest integer in the last bits of the sum. */
const ROUNDER: f64 = 6755399441055744;

/** Bits 32·index + 1 to 32·index + 32 of 2/π behind the point. (A function, as a table would be a data segment.) */
function bitsOfTwoOverPi(index: i32): u64 {
  if (index == 0) return 0xa2f9836e;
  if (index == 1) return 0x4e441529;
  if (index == 2) return 0xfc2757d1;
  if (index == 3) return 0xf534ddc0;
  if (index == 4) return 0xdb629599;
  if (index == 5) return 0x3c439041;
  return 0xfe5163ab;
}

/**
 * Quarter turns of a large float32, modulo 4, times 2⁶². Bits of 2/π that would give whole turns are left out before x is multiplied by it
 * (Payne and Hanek, "Radian reduction for trigonometric functions", 1983).
 */
function quarters(x: f64): i64 {
  const word = reinterpret<u32>(<f32>x);
  const mantissa = <u64>((word & 0x7fffff) | 0x800000);
  // x = mantissa · 2^(skipped + 2)
  const skipped = <i32>((word >> 23) & 0xff) - 152;
  const first = max(skipped, 0) >> 5;
  const shift = <u64>(max(skipped, 0) & 31);
  const w1 = bitsOfTwoOverPi(first + 1);
  const w2 = bitsOfTwoOverPi(first + 2);
  // The 64 bits that count, and 32 more.
  let high = (((bitsOfTwoOverPi(first) << 32) | w1) << shift) | ((w2 << shift) >> 32);
  let low = (((w2 << 32) | bitsOfTwoOverPi(first + 3)) << shift) >> 32;
  if (skipped < 0) {
    const behind = <u64>-skipped;
    low = ((high << (64 - behind)) >> 32) | (low >> behind);
    high >>= behind;
  }
  const product = <i64>(mantissa * high + ((mantissa * low) >> 32));
  return <i32>word < 0 ? -product : product;
}

/** What a large number is beside the nearest quarter turn; NaN where it is not finite. */
function restOfLarge(x: f64): f64 {
  if (!(abs(x) < Infinity)) return NaN;
  return <f64>(quarters(x) << 2) * (1.5707963267948966 / 18446744073709551616.0);
}

/** The nearest quarter turn of a large number, modulo 4. */
function turnOfLarge(x: f64): i64 {
  return (quarters(x) + (1 << 61)) >>> 62;
}

const SIN: i32 = 0;
const COS: i32 = 1;
const TAN: i32 = 2;

/** `op` is a constant. */
// @ts-ignore: decorator
@inline
function trigonometric(op: i32, x: v128): v128 {
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(TWO_OVER_PI)), f64x2.splat(ROUNDER));
  const n = f64x2.sub(shifted, f64x2.splat(ROUNDER));
  let r = f64x2.sub(f64x2.sub(x, f64x2.mul(n, f64x2.splat(QUARTER_HIGH))), f64x2.mul(n, f64x2.splat(QUARTER_LOW)));
  let turn = shifted;
  if (!i64x2.all_true(f64x2.lt(f64x2.abs(x), f64x2.splat(NEAR)))) {
    const x0 = f64x2.extract_lane(x, 0);
    const x1 = f64x2.extract_lane(x, 1);
    if (!(abs(x0) < NEAR)) {
      r = f64x2.replace_lane(r, 0, restOfLarge(x0));
      turn = i64x2.replace_lane(turn, 0, turnOfLarge(x0));
    }
    if (!(abs(x1) < NEAR)) {
      r = f64x2.replace_lane(r, 1, restOfLarge(x1));
      turn = i64x2.replace_lane(turn, 1, turnOfLarge(x1));
    }
  }
  const square = f64x2.mul(r, r);
  let s = f64x2.add(f64x2.mul(square, f64x2.splat(0.0000027182546813805026)), f64x2.splat(-0.00019839328943945526));
  s = f64x2.add(f64x2.mul(s, square), f64x2.splat(0.008333329367828777));
  s = f64x2.add(f64x2.mul(s, square), f64x2.splat(-0.166666666414736));
  s = f64x2.mul(r, f64x2.add(f64x2.mul(s, square), f64x2.splat(1)));
  let c = f64x2.add(f64x2.mul(square, f64x2.splat(0.000024389825227887973)), f64x2.splat(-0.001388675730721827));
  c = f64x2.add(f64x2.mul(c, square), f64x2.splat(0.04166662312548354));
  c = f64x2.add(f64x2.mul(c, square), f64x2.splat(-0.4999999972342406));
  c = f64x2.add(f64x2.mul(c, square), f64x2.splat(1));
  if (op == COS) turn = i64x2.add(turn, i64x2.splat(1));
  const isOdd = i64x2.eq(v128.and(turn, i64x2.splat(1)), i64x2.splat(1));
  const sine = v128.bitselect(c, s, isOdd);
  if (op == TAN) {
    // A quarter turn on, sine and cosine are cosine and −sine.
    return f64x2.div(sine, v128.bitselect(f64x2.neg(s), c, isOdd));
  }
  return v128.xor(sine, i64x2.shl(v128.and(turn, i64x2.splat(2)), 62));
}

export function sin(x: v128): v128 {
  return trigonometric(SIN, x);
}
export function cos(x: v128): v128 {
  return trigonometric(COS, x);
}
export function tan(x: v128): v128 {
  return trigonometric(TAN, x);
}
