import type { MachinePeaks } from '../machine/meter.js';

/** What a piece of work cannot do without. */
export interface Cost {
  /** Additions and multiplications, each counted as one. */
  readonly arithmetic: number;
  /** Values of exp, log, tanh and their like. */
  readonly functions: number;
  /** Bytes that go to or come from memory, each once: what could stay in a cache from one layer to the next is not counted. */
  readonly bytes: number;
}

/** How many operations a value of exp or tanh counts as: a polynomial and its range reduction, vectorised. */
export const OPERATIONS_PER_FUNCTION = 20;

/** Costs of pieces that are done one after the other. */
export function total(...costs: readonly Cost[]): Cost {
  return costs.reduce((sum, cost) => ({
    arithmetic: sum.arithmetic + cost.arithmetic,
    functions: sum.functions + cost.functions,
    bytes: sum.bytes + cost.bytes,
  }));
}

/** The cost of the same thing so many times. */
export function times(count: number, { arithmetic, functions, bytes }: Cost): Cost {
  return { arithmetic: count * arithmetic, functions: count * functions, bytes: count * bytes };
}

/** Operations of a cost, functions among them. */
export const operations = ({ arithmetic, functions }: Cost): number => arithmetic + OPERATIONS_PER_FUNCTION * functions;

/** A time that no program on 128-bit SIMD can be faster than, and which of the two it is bound by. */
export interface Floor {
  readonly seconds: number;
  readonly bound: 'arithmetic' | 'memory';
}

/** The fastest arithmetic of the machine, operations a second. */
export const peakOperations = ({ plain, relaxed }: MachinePeaks, threads: 'one' | 'all'): number =>
  Math.max(plain[threads], relaxed?.[threads] ?? 0);

/** The fastest way through memory, bytes a second. */
export const peakBytes = ({ read, update }: MachinePeaks, threads: 'one' | 'all'): number => Math.max(read[threads], update[threads]);

/**
 * The floor of a workload: the larger of `operations / peak` and `bytes / bandwidth`, both of all threads.
 *
 * @param peaks as measured on the machine, in the same run
 */
export function floor(cost: Cost, peaks: MachinePeaks, threads: 'one' | 'all' = 'all'): Floor {
  const arithmetic = operations(cost) / peakOperations(peaks, threads);
  const memory = cost.bytes / peakBytes(peaks, threads);
  return arithmetic >= memory ? { seconds: arithmetic, bound: 'arithmetic' } : { seconds: memory, bound: 'memory' };
}
