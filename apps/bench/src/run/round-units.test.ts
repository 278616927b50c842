import { describe, expect, it } from 'vitest';
import { roundUnits } from './measure.js';

describe('the units of a round', () => {
  it('are a whole epoch, where that takes seconds', () => expect(roundUnits(0.004, 1500, null)).toBe(1500));
  it('are a part of an epoch that takes long', () => expect(roundUnits(0.5, 1500, null)).toBe(8));
  it('are one step, where that alone takes long', () => expect(roundUnits(19, 625, null)).toBe(1));
  it('are no more than a driver has data for', () => expect(roundUnits(0.001, 1500, 50)).toBe(50));
  it('fill a round, of things that are short', () => expect(roundUnits(0.0001, 1, null)).toBe(4000));
});
