/**
 * An unevaluated sum of two doubles, `hi + lo` with `hi` the sum rounded to a double: 106 bits of precision from additions and
 * multiplications that IEEE 754 fixes to the bit.
 *
 * The algorithms are Knuth's exact sum and Dekker's and Veltkamp's exact product (T. J. Dekker, "A floating-point technique for
 * extending the available precision", Numerische Mathematik 18, 1971).
 */
export interface DoubleDouble {
  readonly hi: number;
  readonly lo: number;
}

/** `a + b`, exactly. */
export function sum(a: number, b: number): DoubleDouble {
  const hi = a + b;
  const ofB = hi - a;
  return { hi, lo: a - (hi - ofB) + (b - ofB) };
}

/** `a + b`, exactly, where |a| ≥ |b| or a is 0. */
function ordered(a: number, b: number): DoubleDouble {
  const hi = a + b;
  return { hi, lo: b - (hi - a) };
}

/** 2²⁷ + 1: multiplied with it, a double falls into two halves of 26 bits. */
const splitter = 134217729;

/** `a · b`, exactly, for factors below 2⁹⁹⁶ and a product that is neither infinite nor near the subnormal numbers. */
export function product(a: number, b: number): DoubleDouble {
  const hi = a * b;
  const aScaled = splitter * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = splitter * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return { hi, lo: aHigh * bHigh - hi + aHigh * bLow + aLow * bHigh + aLow * bLow };
}

/** `x + y`, to about 2⁻¹⁰⁴ of the larger. */
export function add(x: DoubleDouble, y: DoubleDouble): DoubleDouble {
  const high = sum(x.hi, y.hi);
  const low = sum(x.lo, y.lo);
  const first = ordered(high.hi, high.lo + low.hi);
  return ordered(first.hi, first.lo + low.lo);
}

/** `x · y`, to about 2⁻¹⁰². */
export function multiply(x: DoubleDouble, y: DoubleDouble): DoubleDouble {
  const high = product(x.hi, y.hi);
  return ordered(high.hi, high.lo + (x.hi * y.lo + x.lo * y.hi));
}

/** `x · factor`, to about 2⁻¹⁰³. */
export function scale(x: DoubleDouble, factor: number): DoubleDouble {
  const high = product(x.hi, factor);
  return ordered(high.hi, high.lo + x.lo * factor);
}

/** `x / y`, to about 2⁻¹⁰⁰. */
export function divide(x: DoubleDouble, y: DoubleDouble): DoubleDouble {
  const quotient = x.hi / y.hi;
  const taken = scale(y, quotient);
  return ordered(quotient, (x.hi - taken.hi - taken.lo + x.lo) / y.hi);
}

/** A power series whose first terms count to 106 bits and whose rest, small enough by then, to 53. */
export interface Series {
  readonly leading: readonly DoubleDouble[];
  readonly rest: readonly number[];
}

/** The series with coefficients 1/d for the divisors d, of which the first `leading` are kept to 106 bits. */
export function reciprocals(divisors: readonly number[], leading: number): Series {
  return {
    leading: divisors.slice(0, leading).map(divisor => divide({ hi: 1, lo: 0 }, { hi: divisor, lo: 0 })),
    rest: divisors.slice(leading).map(divisor => 1 / divisor),
  };
}

/** The value of a series at `x`, by Horner's rule. */
export function evaluate({ leading, rest }: Series, x: DoubleDouble): DoubleDouble {
  let tail = 0;
  for (let i = rest.length - 1; i >= 0; i--) tail = tail * x.hi + (rest[i] as number);
  let value: DoubleDouble = { hi: tail, lo: 0 };
  for (let i = leading.length - 1; i >= 0; i--) value = add(leading[i] as DoubleDouble, multiply(value, x));
  return value;
}
