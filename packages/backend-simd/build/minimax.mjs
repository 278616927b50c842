// How the coefficients of assembly/math were got: `node build/minimax.mjs` prints them, with the error of each polynomial.
//
// Remez' exchange: of all polynomials with the given powers, the one whose largest weighted error over an interval is smallest. The
// coefficients are then rounded to float32 one by one, from the lowest power up, and what remains is fitted anew each time, so that
// higher coefficients make good what rounding took from lower ones.

/**
 * @param {object} options
 * @param {(x: number) => number} options.f what to approximate.
 * @param {(x: number) => number} options.weight what an error at x is multiplied with: 1/f(x) for relative errors.
 * @param {[number, number]} options.interval
 * @param {number[]} options.powers of x, ascending.
 * @param {boolean} [options.wide] keeps the coefficients in float64. @default false
 */
function minimax({ f, weight, interval, powers, wide = false }) {
  const coefficients = [];
  let rest = f;
  for (let n = 0; n < powers.length; n++) {
    const fitted = remez(rest, weight, interval, powers.slice(n));
    if (wide) return { coefficients: fitted, error: largestError(f, weight, interval, powers, fitted) };
    const c = Math.fround(fitted[0]);
    coefficients.push(c);
    const before = rest;
    rest = x => before(x) - c * x ** powers[n];
  }
  return { coefficients, error: largestError(f, weight, interval, powers, coefficients) };
}

const GRID = 4000;

/** Points of the interval, denser towards its ends. */
const grid = ([low, high]) =>
  Array.from({ length: GRID + 1 }, (_, i) => (low + high) / 2 - ((high - low) / 2) * Math.cos((Math.PI * i) / GRID));

const evaluate = (powers, coefficients, x) => powers.reduce((sum, power, i) => sum + coefficients[i] * x ** power, 0);

function largestError(f, weight, interval, powers, coefficients) {
  return Math.max(...grid(interval).map(x => Math.abs((evaluate(powers, coefficients, x) - f(x)) * weight(x))));
}

function remez(f, weight, interval, powers) {
  const points = grid(interval).filter(x => Number.isFinite(weight(x)));
  const count = powers.length + 1;
  // Powers of numbers up to 1 in size, so that the system is well conditioned.
  const scale = Math.max(Math.abs(interval[0]), Math.abs(interval[1]));
  let nodes = Array.from({ length: count }, (_, i) => points[Math.round(((i + 0.5) / count) * (points.length - 1))]);
  let best = [];
  let least = Infinity;
  for (let round = 0; round < 30; round++) {
    const system = nodes.map((x, i) => [...powers.map(power => (x / scale) ** power), (i % 2 ? -1 : 1) / weight(x), f(x)]);
    const coefficients = solve(system)
      .slice(0, -1)
      .map((c, i) => c / scale ** powers[i]);
    const errors = points.map(x => (evaluate(powers, coefficients, x) - f(x)) * weight(x));
    // Where errors sink into the rounding of float64 the exchange may lead away again.
    const largest = Math.max(...errors.map(Math.abs));
    if (largest < least) [best, least] = [coefficients, largest];
    const next = alternatingExtrema(errors, count).map(i => points[i]);
    if (next.length < count || next.every((x, i) => x === nodes[i])) break;
    nodes = next;
  }
  return best;
}

/** Indices of `count` neighbouring extrema of alternating sign, the largest there are. */
function alternatingExtrema(errors, count) {
  const extrema = [];
  errors.forEach((error, i) => {
    const last = extrema.at(-1);
    if (last !== undefined && Math.sign(errors[last]) === Math.sign(error)) {
      if (Math.abs(error) > Math.abs(errors[last])) extrema[extrema.length - 1] = i;
    } else extrema.push(i);
  });
  while (extrema.length > count) {
    if (Math.abs(errors[extrema[0]]) < Math.abs(errors[extrema.at(-1)])) extrema.shift();
    else extrema.pop();
  }
  return extrema;
}

/** Gaussian elimination with row pivots; the last column is the right side. */
function solve(rows) {
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column; row < size; row++) if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    for (let row = column + 1; row < size; row++) {
      const factor = rows[row][column] / rows[column][column];
      for (let k = column; k <= size; k++) rows[row][k] -= factor * rows[column][k];
    }
  }
  const x = Array(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let sum = rows[row][size];
    for (let k = row + 1; k < size; k++) sum -= rows[row][k] * x[k];
    x[row] = sum / rows[row][row];
  }
  return x;
}

/** erfc by its series near 0 and its continued fraction beyond, to some 1e-15 of its value. */
function erfc(x) {
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 80; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 200; n > 0; n--) fraction = n / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
}

const erf = x => 1 - erfc(x);

/** What assembly/math uses, by name. */
const wanted = {
  'exp, expm1: expm1(r) − r': {
    f: r => Math.expm1(r) - r,
    weight: r => 1 / Math.abs(r),
    interval: [-0.3475, 0.3475],
    powers: [2, 3, 4, 5, 6],
  },
  'log, log1p: log(1 + f) − f + f²/2': {
    f: f => Math.log1p(f) - f + (f * f) / 2,
    weight: f => 1 / Math.abs(f),
    interval: [Math.SQRT1_2 - 1, Math.SQRT2 - 1],
    powers: [3, 4, 5, 6, 7, 8, 9, 10, 11],
  },
  'erf: erf(x) − x': {
    f: x => erf(x) - x,
    weight: x => 1 / x,
    interval: [0.005, 1],
    powers: [1, 3, 5, 7, 9, 11, 13],
  },
  'erf: log(erfc(x))': {
    f: x => Math.log(erfc(x)),
    // An error here is one of erf times erfc.
    weight: x => erfc(x),
    interval: [1, 4],
    powers: [0, 1, 2, 3, 4, 5, 6, 7],
  },
  'float64 expm1(r) − r': {
    f: r => Math.expm1(r) - r,
    weight: r => 1 / Math.abs(r),
    interval: [-Math.LN2 / 2, Math.LN2 / 2],
    powers: [2, 3, 4, 5, 6, 7],
    wide: true,
  },
  'float64 2 artanh(s) − 2s': {
    f: s => 2 * (Math.atanh(s) - s),
    weight: s => 1 / s,
    interval: [0.005, 3 - 2 * Math.SQRT2],
    powers: [3, 5, 7, 9],
    wide: true,
  },
  'float64 arctan(q) − q': {
    f: q => Math.atan(q) - q,
    weight: q => 1 / q,
    interval: [0.005, Math.SQRT2 - 1],
    powers: [3, 5, 7, 9, 11, 13],
    wide: true,
  },
  'float64 sin(r) − r': { f: r => Math.sin(r) - r, weight: r => 1 / r, interval: [0.005, 0.786], powers: [3, 5, 7, 9], wide: true },
  'float64 cos(r) − 1': { f: r => Math.cos(r) - 1, weight: () => 1, interval: [0, 0.786], powers: [2, 4, 6, 8], wide: true },
};

if (process.argv[1] === import.meta.filename) {
  for (const [name, options] of Object.entries(wanted)) {
    const { coefficients, error } = minimax(options);
    console.log(`${name}, on [${options.interval.map(x => x.toFixed(4))}]: error 2^${Math.log2(error).toFixed(1)}`);
    for (const [i, c] of coefficients.entries()) console.log(`  x^${options.powers[i]}: ${c}`);
  }
}
