import { describe, expect, it } from 'vitest';
import { scatter, spread } from './statistics.js';

describe('a spread', () => {
  it('has the middle one of an odd number of measurements', () => expect(spread([5, 1, 4])).toEqual({ median: 4, min: 1, max: 5 }));
  it('has the mean of the middle two of an even number', () => expect(spread([8, 1, 2, 4])).toEqual({ median: 3, min: 1, max: 8 }));
  it('has one measurement for all three', () => expect(spread([7])).toEqual({ median: 7, min: 7, max: 7 }));
  it('is none of nothing', () => expect(() => spread([])).toThrow(new RangeError('there is no median of no measurements')));
  it('scatters by half of its width', () => expect(scatter({ median: 10, min: 9, max: 13 })).toBe(0.2));
});
