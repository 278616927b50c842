// How the coefficients of assembly/math/gate.ts were got: `node build/rational.mjs` prints them, with the largest relative error.
//
// Lawson's iteration: a weighted least-squares fit of tanh x / x = P(x²) / Q(x²), made linear by the Q of the round before, whose weights
// grow where the relative error is large, until it is nearly the same everywhere. The limit is the one, of those around 9, at which the rounded
// coefficients give 1, and the error before it is smallest.

const DEGREE = 4;
const LIMIT = 8.9;
const POINTS = 2000;
const ROUNDS = 200;

/** Solves min ‖A·c − b‖ by Householder reflections; A is an array of rows and is overwritten, as is b. */
function leastSquares(A, b) {
  const n = A[0].length;
  for (let k = 0; k < n; k++) {
    let norm = Math.sqrt(A.slice(k).reduce((sum, row) => sum + row[k] ** 2, 0));
    if (A[k][k] > 0) norm = -norm;
    const v = A.map((row, i) => (i < k ? 0 : row[k]));
    v[k] -= norm;
    const length = v.reduce((sum, value) => sum + value * value, 0);
    const reflect = (get, set) => {
      let dot = 0;
      for (let i = k; i < A.length; i++) dot += v[i] * get(i);
      for (let i = k; i < A.length; i++) set(i, get(i) - (2 * dot * v[i]) / length);
    };
    for (let j = k; j < n; j++)
      reflect(
        i => A[i][j],
        (i, value) => {
          A[i][j] = value;
        },
      );
    reflect(
      i => b[i],
      (i, value) => {
        b[i] = value;
      },
    );
  }
  const c = new Array(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    let rest = b[k];
    for (let j = k + 1; j < n; j++) rest -= A[k][j] * c[j];
    c[k] = rest / A[k][k];
  }
  return c;
}

const xs = Array.from({ length: POINTS }, (_, i) => (LIMIT / 2) * (1 - Math.cos((Math.PI * (i + 0.5)) / POINTS)));
const wanted = xs.map(x => Math.tanh(x) / x);
const powers = xs.map(x => Array.from({ length: DEGREE + 1 }, (_, k) => (x / LIMIT) ** (2 * k)));
const sum = (terms, coefficients) => terms.reduce((total, term, k) => total + term * coefficients[k], 0);

let weights = xs.map(() => 1);
let denominators = xs.map(() => 1);
let best = { error: Infinity };
for (let round = 0; round < ROUNDS; round++) {
  const scale = xs.map((_, i) => Math.sqrt(weights[i]) / (wanted[i] * denominators[i]));
  const rows = xs.map((_, i) => [...powers[i], ...powers[i].slice(1).map(power => -wanted[i] * power)].map(value => value * scale[i]));
  const c = leastSquares(
    rows,
    xs.map((_, i) => wanted[i] * scale[i]),
  );
  const p = c.slice(0, DEGREE + 1);
  const q = [1, ...c.slice(DEGREE + 1)];
  denominators = powers.map(terms => Math.abs(sum(terms, q)) + 1e-9);
  const errors = xs.map((_, i) => Math.abs(sum(powers[i], p) / sum(powers[i], q) / wanted[i] - 1));
  const error = Math.max(...errors);
  if (error < best.error) best = { error, p, q };
  const mean = errors.reduce((total, value) => total + value, 0) / POINTS;
  weights = weights.map((weight, i) => weight * Math.sqrt(errors[i] / mean + 1e-3));
  const all = weights.reduce((total, value) => total + value, 0) / POINTS;
  weights = weights.map(weight => weight / all);
}
const rounded = coefficients => coefficients.map((value, k) => Math.fround(value / LIMIT ** (2 * k)));
console.log(`tanh x = x·P(x²) / Q(x²), |x| ≤ ${LIMIT}: relative error ${best.error.toExponential(2)} before rounding`);
console.log('P:', rounded(best.p).join(', '));
console.log('Q:', rounded(best.q).join(', '));
