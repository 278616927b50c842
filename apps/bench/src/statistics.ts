/** What is said of several measurements of one thing. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Median (of an even number, the mean of the middle two), smallest and largest. @throws {RangeError} of nothing */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min === undefined || max === undefined) throw new RangeError('there is no median of no measurements');
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1] as number;
  const high = sorted[Math.floor(middle)] as number;
  return { median: (low + high) / 2, min, max };
}

/** How far the measurements scatter: half of the way from the smallest to the largest, as a part of the median. */
export const scatter = ({ median, min, max }: Spread): number => (max - min) / 2 / median;
