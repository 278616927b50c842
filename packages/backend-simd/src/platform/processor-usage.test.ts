import { expect, it } from 'vitest';
import { freeBetween, type ProcessorUsage, usageOf } from './processor-usage.js';

/** Of two processors after so many seconds, of which each was busy for so many milliseconds; this program for `own` of them. */
function after(seconds: number, busy: readonly [number, number], own: number): ProcessorUsage {
  const times = (milliseconds: number) => ({
    user: milliseconds / 2,
    nice: 0,
    sys: milliseconds / 4,
    irq: milliseconds / 4,
    idle: 1000 * seconds - milliseconds,
  });
  return usageOf(
    busy.map(milliseconds => ({ times: times(milliseconds) })),
    own,
  );
}

it('counts the processors that other programs have left', () => {
  const start = after(1, [100, 100], 50);
  // Both were busy, with this program alone; or one with it, and one with others; or one with others for a quarter of the time.
  expect(freeBetween(start, after(2, [1100, 1100], 2050))).toBe(2);
  expect(freeBetween(start, after(2, [1100, 1100], 1050))).toBe(1);
  expect(freeBetween(start, after(2, [1100, 350], 1050))).toBe(1.75);
  expect(freeBetween(start, after(2, [1100, 1100], 50))).toBe(0);
});

it('takes all for free when no time has passed', () => {
  const start = after(1, [100, 100], 50);
  expect(freeBetween(start, start)).toBe(Number.POSITIVE_INFINITY);
});
