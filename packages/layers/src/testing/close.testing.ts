import { expect } from 'vitest';

/** That all |a − b| ≤ tolerance · max(1, |a|, |b|), with NaN and infinities equal to themselves alone. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string): void {
  expect(actual.length, `number of values of ${what}`).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [actual[i] as number, expected[i] as number];
    const near = Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
    const close = Object.is(a, b) || a === b || (Number.isFinite(a) && Number.isFinite(b) && near);
    if (!close) expect.fail(`${what}, element ${i}: got ${a}, expected ${b}, within ${tolerance}`);
  }
}
