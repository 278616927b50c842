import { type DoubleDouble, evaluate, multiply, reciprocals } from './double-double.js';
import { reduceAngle } from './quadrant.js';

/** ±first!, ∓(first + 2)!, …, up to 22!, all of which are doubles. */
function alternatingFactorials(first: number): number[] {
  const divisors: number[] = [];
  let factorial = 1;
  let sign = 1;
  for (let n = first + 1; n <= 23; n += 2) {
    divisors.push(sign * factorial);
    factorial *= n * (n + 1);
    sign = -sign;
  }
  return divisors;
}

/** sin a / a = 1 − z/3! + z²/5! − … and cos a = 1 − z/2! + z²/4! − … in z = a², z ≤ 0.617: the first terms left out are below 2⁻⁷⁵. */
const sineSeries = reciprocals(alternatingFactorials(1), 3);
const cosineSeries = reciprocals(alternatingFactorials(0), 4);

/** The sine, for a quadrant of 0, the cosine, for 1, and their opposites, for 2 and 3, of an angle up to π/4. */
function inQuadrant(quadrant: number, angle: DoubleDouble): number {
  const square = multiply(angle, angle);
  const value = quadrant & 1 ? evaluate(cosineSeries, square) : multiply(angle, evaluate(sineSeries, square));
  return quadrant & 2 ? -value.hi : value.hi;
}

/** The sine of `x` radians, within 0.51 units in the last place, however large `x` is; NaN of an infinite one. */
export function sin(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  // Below 2⁻²⁷, x³/6 is less than half a unit of x.
  if (Math.abs(x) < 7.4e-9) return x;
  const { quadrant, angle } = reduceAngle(x);
  return inQuadrant(quadrant, angle);
}

/** The cosine of `x` radians, within 0.51 units in the last place, however large `x` is; NaN of an infinite one. */
export function cos(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const { quadrant, angle } = reduceAngle(x);
  return inQuadrant((quadrant + 1) & 3, angle);
}
