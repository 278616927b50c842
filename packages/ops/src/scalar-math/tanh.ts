import { add, divide } from './double-double.js';
import { expMinusOne } from './exp.js';

/** The hyperbolic tangent of `x`, within 0.51 units in the last place. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  // Below 2⁻²⁸, x³/3 is less than half a unit of x; from 20 on, 1 − tanh x is less than half a unit of 1.
  if (Number.isNaN(x) || size < 3.7e-9) return x;
  if (size >= 20) return x > 0 ? 1 : -1;
  const growth = expMinusOne(2 * x);
  return divide(growth, add(growth, { hi: 2, lo: 0 })).hi;
}
