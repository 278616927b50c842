import { scaleByPowerOfTwo } from './binary-exponent.js';
import { add, type DoubleDouble, evaluate, multiply, product, reciprocals, sum } from './double-double.js';

/** ln 2, its first 42 bits, of which any multiple up to 2¹¹ is exact, and the 53 that follow. */
export const ln2High = 0.6931471805598903;
export const ln2Low = 5.497923018708371e-14;

/** (eʳ − 1) / r = 1 + r/2! + r²/3! + …: for |r| ≤ ln 2 / 2 the first term left out, r¹⁶/17!, is below 2⁻⁷². */
const growth = (() => {
  const factorials = [1];
  for (let n = 2; n <= 16; n++) factorials.push((factorials.at(-1) as number) * n);
  return reciprocals(factorials, 4);
})();

/** `e^x = 2ᵏ · (1 + rest)`, for |x| below 2000, with |rest| < 0.42. */
export function reducedExp(x: DoubleDouble): { readonly k: number; readonly rest: DoubleDouble } {
  const k = Math.round(x.hi / Math.LN2);
  const r = k === 0 ? x : add(add(sum(x.hi, -k * ln2High), { hi: x.lo, lo: 0 }), product(-k, ln2Low));
  return { k, rest: multiply(r, evaluate(growth, r)) };
}

/** `e^x` of a sum of two doubles; Infinity above, 0 below what a double holds. */
export function expOf(x: DoubleDouble): number {
  if (x.hi > 710) return Number.POSITIVE_INFINITY;
  if (x.hi < -746) return 0;
  const { k, rest } = reducedExp(x);
  return scaleByPowerOfTwo(add({ hi: 1, lo: 0 }, rest).hi, k);
}

/** `e^x`, within 0.51 units in the last place (0.76 for subnormal results). */
export function exp(x: number): number {
  return Number.isNaN(x) ? x : expOf({ hi: x, lo: 0 });
}

/** `e^x − 1` as a sum of two doubles, for |x| below 700. */
export function expMinusOne(x: number): DoubleDouble {
  const { k, rest } = reducedExp({ hi: x, lo: 0 });
  if (k === 0) return rest;
  const power = scaleByPowerOfTwo(1, k);
  return add(sum(power, -1), { hi: rest.hi * power, lo: rest.lo * power });
}

/** `e^x − 1`, precise near 0 too, within 0.51 units in the last place. */
export function expm1(x: number): number {
  // Below 2⁻⁵⁴, x²/2 is less than half a unit of x; so are the −1 beside e^x above 40 and e^x beside −1 below −40.
  if (Number.isNaN(x) || Math.abs(x) < 5.5e-17) return x;
  if (x > 40) return exp(x);
  return x < -40 ? -1 : expMinusOne(x).hi;
}
