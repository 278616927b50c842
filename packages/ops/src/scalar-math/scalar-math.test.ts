import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cos, exp, expm1, log, pow, sin, tanh } from './index.js';

const functions = { cos, exp, expm1, log, pow, sin, tanh };
type Name = keyof typeof functions;
const { NaN: nan, POSITIVE_INFINITY: inf, NEGATIVE_INFINITY: minusInf } = Number;

/** From tools/golden/scalar_math.py: arguments, the double nearest to the true value, and how many units of that double are left over. */
const golden: Record<Name, number[][]> = JSON.parse(
  readFileSync(new URL('../../../../tools/golden/scalar_math.json', import.meta.url), 'utf8'),
);

/** The unit in the last place of a double: the distance to the next one away from 0. */
function unitOf(value: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, Math.abs(value));
  bits.setBigInt64(0, bits.getBigInt64(0) + 1n);
  return bits.getFloat64(0) - Math.abs(value);
}

/** How far from the true values the results are at most, in units in the last place. */
function worstError(name: Name, keep: (value: number) => boolean): number {
  const call = functions[name] as (...values: readonly number[]) => number;
  let worst = 0;
  for (const row of golden[name]) {
    const [value, left] = row.slice(-2) as [number, number];
    if (!keep(value)) continue;
    const error = Math.abs((call(...row.slice(0, -2)) - value) / unitOf(value) - left);
    if (!(error <= worst)) worst = error;
  }
  return worst;
}

const isNormal = (value: number): boolean => Math.abs(value) >= 2.2250738585072014e-308;

describe('scalarMath', () => {
  it.each([
    ['exp', 0.51],
    ['expm1', 0.51],
    ['log', 0.51],
    ['pow', 0.52],
    ['sin', 0.51],
    ['cos', 0.51],
    ['tanh', 0.51],
  ] as const)('%s is within %d units in the last place of the true value, over the whole range', (name, bound) => {
    expect(golden[name].length).toBeGreaterThan(120);
    expect(worstError(name, isNormal)).toBeLessThan(bound);
  });

  it.each(['exp', 'pow', 'sin', 'tanh', 'expm1'] as const)('%s is within 0.77 units of the subnormal numbers', name => {
    expect(worstError(name, value => !isNormal(value))).toBeLessThan(0.77);
  });

  it("differs from this engine's Math by two units in the last place at most, over 20,000 numbers", () => {
    const near = (ours: number, theirs: number): boolean => Object.is(ours, theirs) || Math.abs(ours - theirs) <= 2 * unitOf(theirs);
    const apart: string[] = [];
    for (let i = 0; i < 20_000; i++) {
      const x = (((i * 7919) % 20_000) / 20_000 - 0.5) * 60;
      for (const name of ['exp', 'expm1', 'sin', 'cos', 'tanh'] as const)
        if (!near(functions[name](x), Math[name](x))) apart.push(`${name} ${x}`);
      if (!near(log(Math.abs(x)), Math.log(Math.abs(x)))) apart.push(`log ${x}`);
      if (!near(pow(Math.abs(x), x / 7), Math.abs(x) ** (x / 7))) apart.push(`pow ${x}`);
    }
    expect(apart).toEqual([]);
  });

  it('gives powers that are doubles exactly', () => {
    for (let x = 2; x <= 200; x++) for (let n = 1, power = x; power < 2 ** 53; n++, power *= x) expect(pow(x, n)).toBe(power);
    expect([pow(2, -1074), pow(2, 1023), pow(-3, 33), pow(0.25, -1.5), pow(1e10, 0.5)]).toEqual([
      5e-324, 8.98846567431158e307, -5559060566555523, 8, 1e5,
    ]);
  });

  it.each([
    [
      'exp',
      exp,
      [
        [nan, nan],
        [inf, inf],
        [minusInf, 0],
        [0, 1],
        [-0, 1],
        [709.79, inf],
        [-745.14, 0],
        [1e308, inf],
        [-1e308, 0],
      ],
    ],
    [
      'expm1',
      expm1,
      [
        [nan, nan],
        [inf, inf],
        [minusInf, -1],
        [0, 0],
        [-0, -0],
        [710, inf],
        [-100, -1],
        [5e-324, 5e-324],
      ],
    ],
    [
      'log',
      log,
      [
        [nan, nan],
        [inf, inf],
        [minusInf, nan],
        [0, minusInf],
        [-0, minusInf],
        [-1, nan],
        [1, 0],
        [-5e-324, nan],
      ],
    ],
    [
      'sin',
      sin,
      [
        [nan, nan],
        [inf, nan],
        [minusInf, nan],
        [0, 0],
        [-0, -0],
        [5e-324, 5e-324],
      ],
    ],
    [
      'cos',
      cos,
      [
        [nan, nan],
        [inf, nan],
        [minusInf, nan],
        [0, 1],
        [-0, 1],
        [5e-324, 1],
      ],
    ],
    [
      'tanh',
      tanh,
      [
        [nan, nan],
        [inf, 1],
        [minusInf, -1],
        [0, 0],
        [-0, -0],
        [5e-324, 5e-324],
        [20, 1],
        [-1e308, -1],
      ],
    ],
  ] as const)('%s of NaN, infinities, zeros and the ends of its range', (_name, call, pairs) => {
    for (const [x, value] of pairs) expect([x, call(x)]).toEqual([x, value]);
  });

  it('pow has the special cases of ECMAScript, all of them', () => {
    const special = [
      nan,
      inf,
      minusInf,
      0,
      -0,
      1,
      -1,
      0.5,
      -0.5,
      2,
      -2,
      3,
      -3,
      2.5,
      -2.5,
      5e-324,
      -5e-324,
      1e308,
      -1e308,
      2 ** 53,
      2 ** 53 - 1,
    ];
    for (const x of special)
      for (const y of special) {
        const exact = x ** y;
        if (Number.isFinite(exact) && exact !== 0 && ![0, 1].includes(Math.abs(exact))) continue;
        expect([x, y, pow(x, y)]).toEqual([x, y, exact]);
      }
  });
});
