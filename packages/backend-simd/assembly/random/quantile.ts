// The quantile of the normal distribution, with the bits of `normalQuantile` of @jogak/ops: Wichura's algorithm AS 241, in float64.

/** c₀x⁷ + … + c₇, of the coefficients in their order. */
// @ts-ignore: decorator
@inline
function polynomial(x: v128, c0: f64, c1: f64, c2: f64, c3: f64, c4: f64, c5: f64, c6: f64, c7: f64): v128 {
  let p = f64x2.splat(c0);
  p = f64x2.add(f64x2.mul(p, x), f64x2.splat(c1));
  p = f64x2.add(f64x2.mul(p, x), f64x2.splat(c2));
  p = f64x2.add(f64x2.mul(p, x), f64x2.splat(c3));
  p = f64x2.add(f64x2.mul(p, x), f64x2.splat(c4));
  p = f64x2.add(f64x2.mul(p, x), f64x2.splat(c5));
  p = f64x2.add(f64x2.mul(p, x), f64x2.splat(c6));
  return f64x2.add(f64x2.mul(p, x), f64x2.splat(c7));
}

/** The numbers below which a standard normal one lies with the two probabilities p, which are 2⁻³³ to 1 − 2⁻³³. */
export function quantiles(p: v128): v128 {
  const q = f64x2.sub(p, f64x2.splat(0.5));
  const r = f64x2.sub(f64x2.splat(0.180625), f64x2.mul(q, q));
  const above = polynomial(
    r,
    2509.0809287301227,
    33430.57558358813,
    67265.7709270087,
    45921.95393154987,
    13731.69376550946,
    1971.5909503065513,
    133.14166789178438,
    3.3871328727963665,
  );
  const below = polynomial(
    r,
    5226.495278852546,
    28729.085735721943,
    39307.89580009271,
    21213.794301586597,
    5394.196021424751,
    687.1870074920579,
    42.31333070160091,
    1,
  );
  let value = f64x2.div(f64x2.mul(q, above), below);
  // What lies further out is one number in seven.
  const isCentral = f64x2.le(f64x2.abs(q), f64x2.splat(0.425));
  if (i64x2.all_true(isCentral)) return value;
  const first = f64x2.extract_lane(p, 0);
  const second = f64x2.extract_lane(p, 1);
  if (i64x2.extract_lane(isCentral, 0) == 0) value = f64x2.replace_lane(value, 0, outer(first));
  if (i64x2.extract_lane(isCentral, 1) == 0) value = f64x2.replace_lane(value, 1, outer(second));
  return value;
}

/** The quantile of a probability below 0.075 or above 0.925. As it is no less than 2⁻³³, or no more than 1 − 2⁻³³, the root is below 5. */
function outer(p: f64): f64 {
  const isLeft = p < 0.5;
  const r = sqrt(-log(isLeft ? p : 1 - p)) - 1.6;
  // Both polynomials at once.
  const x = f64x2.splat(r);
  let both = f64x2(0.0007745450142783414, 1.0507500716444169e-9);
  both = f64x2.add(f64x2.mul(both, x), f64x2(0.022723844989269184, 0.0005475938084995345));
  both = f64x2.add(f64x2.mul(both, x), f64x2(0.2417807251774506, 0.015198666563616457));
  both = f64x2.add(f64x2.mul(both, x), f64x2(1.2704582524523684, 0.14810397642748008));
  both = f64x2.add(f64x2.mul(both, x), f64x2(3.6478483247632045, 0.6897673349851));
  both = f64x2.add(f64x2.mul(both, x), f64x2(5.769497221460691, 1.6763848301838038));
  both = f64x2.add(f64x2.mul(both, x), f64x2(4.630337846156546, 2.053191626637759));
  both = f64x2.add(f64x2.mul(both, x), f64x2(1.4234371107496835, 1));
  const value = f64x2.extract_lane(both, 0) / f64x2.extract_lane(both, 1);
  return isLeft ? -value : value;
}

/** What a + b, rounded to `high`, has lost. */
// @ts-ignore: decorator
@inline
function lostBySum(a: f64, b: f64, high: f64): f64 {
  const ofB = high - a;
  return a - (high - ofB) + (b - ofB);
}

/** What a · b, rounded to `high`, has lost: Dekker's and Veltkamp's product. */
function lostByProduct(a: f64, b: f64, high: f64): f64 {
  const aScaled = 134217729 * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = 134217729 * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - high + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/** ln x of a normal number below √½: the upper half of `logOf` of @jogak/ops' scalarMath, which computes with sums of two float64. */
function log(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  let exponent = <f64>(<i32>(bits >> 52) - 1023);
  let m = reinterpret<f64>((bits & 0x000f_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000);
  if (m > 1.4142135623730951) {
    m /= 2;
    exponent += 1;
  }
  // s = (m − 1) / (m + 1)
  const n = m - 1;
  const d = m + 1;
  const dLow = lostBySum(m, 1, d);
  const quotient = n / d;
  const taken = d * quotient;
  const takenLow = lostByProduct(d, quotient, taken) + dLow * quotient;
  const takenHigh = taken + takenLow;
  const rest = (n - takenHigh - (takenLow - (takenHigh - taken))) / d;
  const s = quotient + rest;
  const sLow = rest - (s - quotient);
  // z = s²
  const square = s * s;
  const squareLow = lostByProduct(s, s, square) + (s * sLow + sLow * s);
  const z = square + squareLow;
  const zLow = squareLow - (z - square);
  // 1 + z/3 + z²/5 + …, the first three terms to twice the precision.
  let value: f64 = 1.0 / 29;
  value = value * z + 1.0 / 27;
  value = value * z + 1.0 / 25;
  value = value * z + 1.0 / 23;
  value = value * z + 1.0 / 21;
  value = value * z + 1.0 / 19;
  value = value * z + 1.0 / 17;
  value = value * z + 1.0 / 15;
  value = value * z + 1.0 / 13;
  value = value * z + 1.0 / 11;
  value = value * z + 1.0 / 9;
  value = value * z + 1.0 / 7;
  let valueLow: f64 = 0;
  for (let term = 0; term < 3; term++) {
    const c: f64 = term == 0 ? 0.2 : term == 1 ? 0.3333333333333333 : 1;
    const cLow: f64 = term == 0 ? -1.1102230246251566e-17 : term == 1 ? 1.850371707708594e-17 : 0;
    const product = value * z;
    const productRest = lostByProduct(value, z, product) + (value * zLow + valueLow * z);
    const productHigh = product + productRest;
    const productLow = productRest - (productHigh - product);
    const sum = c + productHigh;
    const low = cLow + productLow;
    const sumRest = lostBySum(c, productHigh, sum) + low;
    const first = sum + sumRest;
    const firstRest = sumRest - (first - sum) + lostBySum(cLow, productLow, low);
    value = first + firstRest;
    valueLow = firstRest - (value - first);
  }
  // 2 · s · value
  const product = s * value;
  const productRest = lostByProduct(s, value, product) + (s * valueLow + sLow * value);
  const productHigh = product + productRest;
  const productLow = productRest - (productHigh - product);
  const y = productHigh * 2;
  const yLow = productLow * 2;
  // exponent · ln 2 + y
  const whole = exponent * 0.6931471805598903;
  const part = exponent * 5.497923018708371e-14;
  const e = whole + part;
  const eLow = lostByProduct(exponent, 5.497923018708371e-14, part);
  const eRest = lostBySum(whole, part, e) + eLow;
  const eFirst = e + eRest;
  const eFirstRest = eRest - (eFirst - e);
  const eHigh = eFirst + eFirstRest;
  const eEnd = eFirstRest - (eHigh - eFirst);
  const sum = eHigh + y;
  const low = eEnd + yLow;
  const sumRest = lostBySum(eHigh, y, sum) + low;
  const first = sum + sumRest;
  return first + (sumRest - (first - sum) + lostBySum(eEnd, yLow, low));
}
