import { splitExponent } from './binary-exponent.js';
import { type DoubleDouble, multiply } from './double-double.js';

/** Bits of 2/π behind the point: enough for the largest double, whose unit is 2⁹⁷¹, to leave 180 bits of its remainder. */
const fractionBits = 1152n;

/** π/2 to 106 bits. */
const halfPi: DoubleDouble = { hi: 1.5707963267948966, lo: 6.123233995736766e-17 };

/** arctan(1/n) · 2^bits, by its series. */
function arcTangentOfReciprocal(n: bigint, bits: bigint): bigint {
  let power = (1n << bits) / n;
  let value = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    value += k % 4n === 1n ? power / k : -(power / k);
    power /= n * n;
  }
  return value;
}

/** 2/π · 2^fractionBits, from π = 16 arctan(1/5) − 4 arctan(1/239) (Machin, 1706), worked out when it is first wanted. */
let twoOverPi: bigint | undefined;
function makeTwoOverPi(): bigint {
  const bits = fractionBits + 32n;
  const pi = 16n * arcTangentOfReciprocal(5n, bits) - 4n * arcTangentOfReciprocal(239n, bits);
  return (2n << (bits + fractionBits)) / pi;
}

/** Where `x` lies: `x = quadrant · π/2 + angle` (the quadrant modulo 4), |angle| ≤ π/4, for finite x. */
export function reduceAngle(x: number): { readonly quadrant: number; readonly angle: DoubleDouble } {
  const size = Math.abs(x);
  if (size <= 0.785) return { quadrant: 0, angle: { hi: x, lo: 0 } };
  const { exponent, significand } = splitExponent(size);
  // size = integer · 2^(exponent − 52); times 2/π, in units of 2^−point.
  const point = fractionBits + 52n - BigInt(exponent);
  twoOverPi ??= makeTwoOverPi();
  const turns = BigInt.asUintN(Number(point) + 2, BigInt(significand * 4503599627370496) * twoOverPi);
  const nearest = (turns + (1n << (point - 1n))) >> point;
  // 192 bits behind the point are kept; a double comes no nearer than 2⁻⁶² to a multiple of π/2.
  const rest = (turns - (nearest << point)) >> (point - 192n);
  const hi = Number(rest);
  const unit = 2 ** -192;
  const angle = multiply({ hi: hi * unit, lo: Number(rest - BigInt(hi)) * unit }, halfPi);
  const quadrant = Number(nearest & 3n);
  return x > 0 ? { quadrant, angle } : { quadrant: (4 - quadrant) & 3, angle: { hi: -angle.hi, lo: -angle.lo } };
}
