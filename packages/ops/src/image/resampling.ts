/** An axis to be resized, and where on it the source lies. */
export interface ResizedAxis {
  /** Places to resize from; the source covers some of them ('pad'), or more than them ('crop'). */
  readonly from: number;
  /** Places to resize to. */
  readonly to: number;
  /** Places of the source. */
  readonly sourceSize: number;
  /** The source's place that is the axis' first; below 0 where the source begins later. */
  readonly offset: number;
}

/** What each place of an axis after resizing is made of; the weights of a place, with `outside`, sum to 1. */
export interface Resampling {
  /** The first place of the source that counts. */
  readonly starts: Int32Array;
  /** Weights from there on. */
  readonly weights: readonly Float64Array[];
  /** Weight of what lies outside of the source. */
  readonly outside: Float64Array;
}

/** Places `start` to, not including, `end` of the axis before resizing, each with its weight. */
interface Kernel {
  readonly start: number;
  readonly end: number;
  weightAt(place: number): number;
}

/** The place that the middle of an output lies in: `⌊(i + ½) · from / to⌋`. */
export function nearest(axis: ResizedAxis): Resampling {
  return resampling(axis, i => {
    const start = Math.floor(((i + 0.5) * axis.from) / axis.to);
    return { start, end: start + 1, weightAt: () => 1 };
  });
}

/**
 * A triangle around the middle of each output, as wide as two places of the input; with `antialias`, where the axis shrinks, as wide
 * as two of the output, so that every place of the input counts.
 */
export function bilinear(axis: ResizedAxis, antialias: boolean): Resampling {
  const scale = axis.from / axis.to;
  const reach = antialias ? Math.max(1, scale) : 1;
  return resampling(axis, i => {
    const middle = (i + 0.5) * scale;
    return {
      start: Math.max(0, Math.floor(middle - reach + 0.5)),
      end: Math.min(axis.from, Math.floor(middle + reach + 0.5)),
      weightAt: place => Math.max(0, 1 - Math.abs(place + 0.5 - middle) / reach),
    };
  });
}

/** The part of the axis that an output covers, each place by how much of it lies therein. */
export function area(axis: ResizedAxis): Resampling {
  const scale = axis.from / axis.to;
  return resampling(axis, i => {
    const [left, right] = [i * scale, (i + 1) * scale];
    return {
      start: Math.floor(left),
      end: Math.min(axis.from, Math.ceil(right)),
      weightAt: place => Math.max(0, Math.min(right, place + 1) - Math.max(left, place)),
    };
  });
}

/** Keeps the weights of the source's places alone: a thin image padded to a square would have far too many others to store. */
function resampling({ to, sourceSize, offset }: ResizedAxis, kernelOf: (i: number) => Kernel): Resampling {
  const starts = new Int32Array(to);
  const outside = new Float64Array(to);
  const weights = Array.from({ length: to }, (_, i) => {
    const { start, end, weightAt } = kernelOf(i);
    let total = 0;
    for (let place = start; place < end; place++) total += weightAt(place);
    const first = Math.max(start, -offset);
    const last = Math.min(end, sourceSize - offset);
    starts[i] = first + offset;
    const kept = Float64Array.from({ length: Math.max(0, last - first) }, (_, k) => weightAt(first + k) / total);
    outside[i] = kept.length === end - start ? 0 : 1 - kept.reduce((sum, weight) => sum + weight, 0);
    return kept;
  });
  return { starts, weights, outside };
}
