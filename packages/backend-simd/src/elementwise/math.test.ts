import { describe, expect, it } from 'vitest';
import { backends, expectResults, expectSameAsCpu, floats, runKernel, sample } from '../kernel.testing.js';
import { expectWithinUlps } from './ulp.testing.js';

/** erf by its series and, beyond 2, the continued fraction of its complement: to 1e-15. */
function erf(x: number): number {
  const size = Math.abs(x);
  if (size < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 60; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 100; n > 0; n--) fraction = n / 2 / (size + fraction);
  return Math.sign(x) * (1 - Math.exp(-x * x) / Math.sqrt(Math.PI) / (size + fraction));
}

describe('over the whole range of float32, against float64', () => {
  it.each<[string, number, (x: number) => number]>([
    ['Exp', 1, Math.exp],
    ['Expm1', 1.5, Math.expm1],
    ['Log', 1, Math.log],
    ['Log1p', 1, Math.log1p],
    ['Tanh', 2.5, Math.tanh],
    ['Sigmoid', 2.5, x => 1 / (1 + Math.exp(-x))],
    ['Softplus', 2, x => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))],
    ['Erf', 1.5, x => (Object.is(x, -0) ? -0 : erf(x))],
    ['Sin', 0.51, Math.sin],
    ['Cos', 0.51, Math.cos],
    ['Tan', 0.51, Math.tan],
    ['Asin', 0.51, Math.asin],
    ['Acos', 0.51, Math.acos],
    ['Atan', 0.51, Math.atan],
    ['Sinh', 0.51, Math.sinh],
    ['Cosh', 0.51, Math.cosh],
    ['Asinh', 0.51, Math.asinh],
    ['Acosh', 0.51, Math.acosh],
    ['Atanh', 0.51, Math.atanh],
  ])('%s is within %d ulp', (kernelName, bound, reference) => expectWithinUlps(kernelName, reference, bound));

  it('exp is finite up to the last number whose exponential is', () => {
    const x = floats([88.72283, 88.72284, -103.97207, -103.97208, -103.98]);
    const y = floats([3.402798851985937e38, Infinity, 2 ** -149, 2 ** -149, 0]);
    expectResults('Exp', { x }, {}, [y], 2e-7);
  });

  it.each(['Exp', 'Sigmoid', 'Elu'])('%s of a number is the same bits beside whatever others', kernelName => {
    const numbers = Float32Array.from({ length: 2000 }, (_, i) => (i - 1000) / 11);
    const alone = runKernel(backends[0]![1], 'simd', kernelName, { x: floats(numbers) })[0]!.values;
    for (const other of [NaN, Infinity, -Infinity, 1000, -1000, 87, -87]) {
      const x = floats(Array.from(numbers, (value, i) => (i % 3 === 0 ? other : value)));
      const beside = runKernel(backends[0]![1], 'simd', kernelName, { x })[0]!.values;
      for (let i = 0; i < numbers.length; i++)
        if (i % 3 !== 0 && !Object.is(beside[i], alone[i])) expect.fail(`${kernelName}(${numbers[i]}) beside ${other}`);
    }
  });

  it('sin and cos keep to the circle beyond 2¹⁰⁰', () => {
    const x = floats([2 ** 100, -(2 ** 127), 3e38, 1e22, 1e6, 1.0000001e6]);
    expectSameAsCpu('Sin', { x }, {}, 6e-8);
    expectSameAsCpu('Cos', { x }, {}, 6e-8);
  });
});

const corners = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1.5, 1e-40, -1e-40, 3e38, -3e38, 16777217, 1e9 + 1];
/** Every corner with every other, and numbers all over the range. */
const pairs = [
  ...corners.flatMap(a => corners.map((b): [number, number] => [a, b])),
  ...Array.from({ length: 4001 }, (_, i): [number, number] => [1.07 ** ((i % 1301) - 650), ((i % 97) - 48) / 7]),
];
const a = floats(pairs.map(([first]) => first));
const b = floats(pairs.map(([, second]) => second));

describe('pow and atan2', () => {
  it.each<[string, (a: number, b: number) => number]>([
    ['Pow', Math.pow],
    ['Atan2', Math.atan2],
  ])('%s is the nearest float32 or the next, and what ECMAScript says in all corners', (kernelName, reference) => {
    const wanted = floats(Array.from(a.values, (value, i) => reference(value, b.values[i]!)));
    const [result] = expectResults(kernelName, { a, b }, {}, [wanted], 1.2e-7);
    result!.values.forEach((value, i) => {
      if (wanted.values[i] === 0) expect(Object.is(value, wanted.values[i]), `${kernelName}(${a.values[i]}, ${b.values[i]})`).toBe(true);
    });
  });

  it('broadcast', () => {
    const base = floats([1, 2, 3, 4, 5, 6], [2, 3]);
    expectSameAsCpu('Pow', { a: base, b: floats([2]) }, {}, 1e-7);
    expectSameAsCpu('Pow', { a: base, b: floats([0.5, 2, -1]) }, {}, 1e-7);
    expectSameAsCpu('Pow', { a: base, b: floats([2, 3], [2, 1]) }, {}, 1e-7);
  });

  it('of the power 2 is the square, rounded once', () => {
    for (const length of [1, 3, 4, 5, 33, 16385]) expectSameAsCpu('Pow', { a: sample([length], 5), b: floats([2], []) });
    expectSameAsCpu('Pow', { a, b: floats([2]) });
  });
});
