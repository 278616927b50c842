/** For every place of an axis after resizing, which places before it is made of, and how much of each. */
export interface Resampling {
  /** The first place that counts, for each output. */
  readonly starts: Int32Array;
  /** Weights from there on, which sum to 1, for each output. */
  readonly weights: readonly Float64Array[];
}

/** The source place that the middle of an output lies in: `⌊(i + ½) · from / to⌋`. */
export function nearest(from: number, to: number): Resampling {
  return resampling(to, i => ({ start: Math.min(from - 1, Math.floor(((i + 0.5) * from) / to)), weights: [1] }));
}

/**
 * A triangle around the middle of each output, as wide as two source places; with `antialias`, where the axis shrinks, as wide as two
 * output places, so that every source place counts.
 */
export function bilinear(from: number, to: number, antialias: boolean): Resampling {
  const scale = from / to;
  const reach = antialias ? Math.max(1, scale) : 1;
  return resampling(to, i => {
    const middle = (i + 0.5) * scale;
    const start = Math.max(0, Math.floor(middle - reach + 0.5));
    const end = Math.min(from, Math.floor(middle + reach + 0.5));
    return { start, weights: range(start, end).map(place => Math.max(0, 1 - Math.abs(place + 0.5 - middle) / reach)) };
  });
}

/** The part of the source axis that an output covers, each place by how much of it lies therein. */
export function area(from: number, to: number): Resampling {
  const scale = from / to;
  return resampling(to, i => {
    const [left, right] = [i * scale, (i + 1) * scale];
    const start = Math.floor(left);
    const end = Math.min(from, Math.ceil(right));
    return { start, weights: range(start, end).map(place => Math.max(0, Math.min(right, place + 1) - Math.max(left, place))) };
  });
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}

function resampling(to: number, at: (i: number) => { start: number; weights: number[] }): Resampling {
  const places = Array.from({ length: to }, (_, i) => at(i));
  return {
    starts: Int32Array.from(places, ({ start }) => start),
    weights: places.map(({ weights }) => {
      const sum = weights.reduce((total, weight) => total + weight, 0);
      return Float64Array.from(weights, weight => weight / sum);
    }),
  };
}
