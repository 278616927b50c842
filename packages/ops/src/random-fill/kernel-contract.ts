/**
 * Name of the kernel by which a backend fills a tensor with random numbers: see {@link RandomFillAttrs}. It has no inputs. Output: float32, of
 * `shape`, the bits that `uniformValues` or `normalValues` give, or `truncatedNormalValues` where `least` is above 0.
 */
export const RANDOM_FILL = 'JogakRandomFill';

/** Of word `i` of `randomBits({k0, k1}, …)`, in float64 and in this order of operations, rounded once to float32. */
export type RandomFillAttrs = {
  /** The first word of the random key. */
  k0: number;
  /** The second one. */
  k1: number;
  shape: readonly number[];
} & (
  | {
      /** `min + ⌊word / 2⁸⌋ · scale` */
      distribution: 'uniform';
      min: number;
      scale: number;
    }
  | {
      /** `mean + stddev · normalQuantile(least + width · (word + ½) / 2³²)` */
      distribution: 'normal';
      mean: number;
      stddev: number;
      least: number;
      width: number;
    }
);
