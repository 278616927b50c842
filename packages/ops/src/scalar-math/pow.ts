import { scale } from './double-double.js';
import { expOf } from './exp.js';
import { logOf } from './log.js';

const isOdd = (y: number): boolean => Math.abs(y % 2) === 1;

/** `x^y` for x ≥ 0 and finite y ≠ 0. */
function powerOfMagnitude(x: number, y: number): number {
  if (x === 1) return 1;
  if (x === 0 || x === Number.POSITIVE_INFINITY) return (x === 0) === y > 0 ? 0 : Number.POSITIVE_INFINITY;
  const logarithm = logOf(x);
  const rough = logarithm.hi * y;
  if (rough > 710) return Number.POSITIVE_INFINITY;
  return rough < -746 ? 0 : expOf(scale(logarithm, y));
}

/**
 * `x^y` as `x ** y`, within 0.52 units in the last place (0.77 for subnormal results), so exact where the power is a double; NaN of a
 * negative number to a power that is no integer, and of 1 or −1 to an infinite power, as ECMAScript has it.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const size = Math.abs(x);
  if (Math.abs(y) === Number.POSITIVE_INFINITY) {
    if (size === 1) return Number.NaN;
    return size > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  }
  if (x < 0 && size !== Number.POSITIVE_INFINITY && !Number.isInteger(y)) return Number.NaN;
  const power = powerOfMagnitude(size, y);
  return (x < 0 || Object.is(x, -0)) && isOdd(y) ? -power : power;
}
