/**
 * Name of the kernel by which a backend draws what dropout multiplies with, and multiplies: see {@link DropoutInputs} and
 * {@link DropoutAttrs}. Output: float32, of `shape`. Element `i` is that of `x`, or 1 where no `x` is given, times `1 / (1 − rate)` as a
 * float32 where word `i` of `randomBits({k0, k1}, …)` is at least `rate · 2³²`, else times 0.
 */
export const DROPOUT = 'JogakDropout';

/** `x`, float32, of `shape`; without it the kernel gives the factors themselves. */
export interface DropoutInputs<T> {
  x?: T;
}

export interface DropoutAttrs {
  /** The first word of the random key. */
  k0: number;
  /** The second one. */
  k1: number;
  /** Above 0, below 1. */
  rate: number;
  shape: readonly number[];
}
