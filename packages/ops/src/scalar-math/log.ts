import { splitExponent } from './binary-exponent.js';
import { add, type DoubleDouble, divide, evaluate, multiply, product, reciprocals, scale, sum } from './double-double.js';
import { ln2High, ln2Low } from './exp.js';

/** artanh(s) / s = 1 + s²/3 + s⁴/5 + … in z = s²: for z ≤ 0.0295 the first term left out, z¹⁵/31, is below 2⁻⁸⁰. */
const areaTangent = reciprocals([1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29], 3);

/** `ln x` of a positive finite number, as a sum of two doubles, to about 2⁻⁶⁸. */
export function logOf(x: number): DoubleDouble {
  let { exponent, significand } = splitExponent(x);
  if (significand > Math.SQRT2) {
    significand /= 2;
    exponent++;
  }
  // ln m = 2 artanh((m − 1) / (m + 1)), where √½ < m ≤ √2.
  const s = divide({ hi: significand - 1, lo: 0 }, sum(significand, 1));
  const ofSignificand = scale(multiply(s, evaluate(areaTangent, multiply(s, s))), 2);
  return exponent === 0 ? ofSignificand : add(add({ hi: exponent * ln2High, lo: 0 }, product(exponent, ln2Low)), ofSignificand);
}

/** The natural logarithm of `x`, within 0.51 units in the last place; −Infinity of 0, NaN of negative numbers. */
export function log(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (!(x > 0)) return Number.NaN;
  return x === Number.POSITIVE_INFINITY ? x : logOf(x).hi;
}
