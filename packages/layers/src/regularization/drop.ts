import { dropoutMask, getRandomSeed, keyedDropout, mul, type Option, options, randomKey, stepKey, type Tensor } from '@jogak/ops';
import type { CallContext } from '../base/call-context.js';

/** The fraction that is dropped. */
export const rateOption: Option<number> = options.required(options.number(undefined, { min: 0, below: 1 }));

/** The seed of what drops; null for the global one. */
export const dropSeedOption: Option<number | null> = options.nullable(options.integer(undefined, { min: 0 }));

/** What {@link drop} has to know of the layer. */
export interface DropSettings {
  readonly rate: number;
  readonly seed: number | null;
  readonly path: string;
  /** Shape of what is drawn: the input's, with 1 along axes on which it repeats. */
  readonly noiseShape: readonly number[];
}

/**
 * While training, `x` with a random part set to zero and the rest scaled by `1 / (1 − rate)`; otherwise `x` itself. What is dropped
 * depends on the seed, the layer's path, which call of it this is, the training step and the element, so a run that is resumed drops what an unbroken one
 * would have.
 */
export function drop(x: Tensor, { training, step, site = '' }: CallContext, { rate, seed, path, noiseShape }: DropSettings): Tensor {
  if (!training || rate === 0) return x;
  const key = stepKey(step, at => randomKey(seed ?? getRandomSeed(), path + site, at));
  const isWhole = noiseShape.every((size, axis) => size === x.shape[axis]);
  return isWhole ? keyedDropout(x, key, rate) : mul(x, dropoutMask(key, noiseShape, rate));
}
