import { expect } from 'vitest';

/** Nested arrays of numbers, of any depth. */
export type Nested = number | readonly Nested[];

/** A copy of `nested` with the number at `path` changed by `step`. */
function moved(nested: Nested, path: readonly number[], step: number): Nested {
  if (typeof nested === 'number') return nested + step;
  const [first, ...rest] = path;
  return nested.map((item, i) => (i === first ? moved(item, rest, step) : item));
}

/** `∂f/∂x` for every number in `x`, by central differences: (f(x + ε) − f(x − ε)) / 2ε. */
export function numericalGradient<T extends Nested>(f: (x: T) => number, x: T, epsilon = 1e-5): T {
  const visit = (item: Nested, path: readonly number[]): Nested =>
    typeof item === 'number'
      ? (f(moved(x, path, epsilon) as T) - f(moved(x, path, -epsilon) as T)) / (2 * epsilon)
      : item.map((inner, i) => visit(inner, [...path, i]));
  return visit(x, []) as T;
}

/** All numbers of nested arrays, in order. */
function numbersOf(nested: Nested): number[] {
  return typeof nested === 'number' ? [nested] : nested.flatMap(numbersOf);
}

/** The largest difference between two nested arrays, which have to be of one shape. */
export function largestDifference(a: Nested, b: Nested): number {
  expect(shapeOf(a)).toEqual(shapeOf(b));
  const other = numbersOf(b);
  return numbersOf(a).reduce((largest, value, i) => Math.max(largest, Math.abs(value - (other[i] as number))), 0);
}

function shapeOf(nested: Nested): number[] {
  return typeof nested === 'number' ? [] : [nested.length, ...(nested[0] === undefined ? [] : shapeOf(nested[0]))];
}

/** `Σ a ⊙ b`: a scalar whose gradient by `a` is `b`, to test a backward pass with. */
export function inner(a: Nested, b: Nested): number {
  const other = numbersOf(b);
  return numbersOf(a).reduce((sum, value, i) => sum + value * (other[i] as number), 0);
}

/** Numbers between −1 and 1 without pattern or repetition, nested in `shape`: sin of a large multiple of the index. */
export function testValues<T extends Nested>(shape: readonly number[], phase = 0): T {
  let count = 0;
  const build = (sizes: readonly number[]): Nested => {
    const [size, ...rest] = sizes;
    return size === undefined ? Math.sin(12.9898 * (++count + phase)) : Array.from({ length: size }, () => build(rest));
  };
  return build(shape) as T;
}
