import type { Tensor } from '@tensorflow/tfjs-core';
import { sourceOf } from '../tensor-source.js';

/** Throws for numbers that cannot be. */
export type NumbersCheck = (numbers: ArrayLike<number | bigint>) => void;

/** A check that a computation made of a tensor. */
export interface CheckedTensor {
  readonly tensor: Tensor;
  readonly check: NumbersCheck;
}

let collected: CheckedTensor[] | undefined;

/**
 * Checks the numbers of a tensor on the host: at once, and, where the computation is captured, those of every tensor in its place that
 * is computed with later. `check` has to depend on nothing but the numbers.
 */
export function checkNumbers(tensor: Tensor, check: NumbersCheck): void {
  check(numbersOf(tensor));
  collected?.push({ tensor, check });
}

/** The numbers of a tensor: what it was made of, if that is known, else read back. */
export const numbersOf = (tensor: Tensor): ArrayLike<number | bigint> => sourceOf(tensor)?.array.data ?? tensor.dataSync();

/** What `compute` gives, and the checks that it made. */
export function collectChecks<Result>(compute: () => Result): { result: Result; checks: readonly CheckedTensor[] } {
  const before = collected;
  const checks: CheckedTensor[] = [];
  collected = checks;
  try {
    return { result: compute(), checks };
  } finally {
    collected = before;
  }
}
