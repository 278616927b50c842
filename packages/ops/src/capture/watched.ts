import type { Tensor } from '@tensorflow/tfjs-core';
import type { RandomKey } from '../random.js';
import { sourceOf } from '../tensor-source.js';

/** Throws for numbers that cannot be. */
export type NumbersCheck = (numbers: ArrayLike<number | bigint>) => void;

/** Gives the random key of a training step. */
export type KeyOfStep = (step: number) => RandomKey;

/** Is told what a computation says of itself. */
export interface Watcher {
  checked(tensor: Tensor, check: NumbersCheck): void;
  drew(step: number, make: KeyOfStep, key: RandomKey): void;
}

let watcher: Watcher | undefined;

/** What `compute` gives; what it says of itself is told to `by`. */
export function watched<Result>(by: Watcher, compute: () => Result): Result {
  const before = watcher;
  watcher = by;
  try {
    return compute();
  } finally {
    watcher = before;
  }
}

/**
 * Checks the numbers of a tensor on the host: at once, and, where the computation is captured, those of every tensor in its place that
 * is computed with later. `check` has to depend on nothing but the numbers.
 */
export function checkNumbers(tensor: Tensor, check: NumbersCheck): void {
  check(numbersOf(tensor));
  watcher?.checked(tensor, check);
}

/** The numbers of a tensor: what it was made of, if that is known, else read back. */
export const numbersOf = (tensor: Tensor): ArrayLike<number | bigint> => sourceOf(tensor)?.array.data ?? tensor.dataSync();

/** The random key `make(step)`; where the computation is captured, every later step draws by its own. */
export function stepKey(step: number, make: KeyOfStep): RandomKey {
  const key = make(step);
  watcher?.drew(step, make, key);
  return key;
}
