import { clone, engine, type Tensor, tidy } from '@tensorflow/tfjs-core';

/**
 * What `compute` gives, for which no gradient is asked: to what follows it is a constant, and nothing of it is recorded. Cheaper than
 * {@link stopGradient} of the result, since nothing is kept for a backward pass that will not come.
 */
export function withoutGradient<T extends Tensor>(compute: () => T): T {
  const { state } = engine();
  // As within a kernel, where nothing is recorded.
  state.kernelDepth++;
  try {
    return tidy(compute);
  } finally {
    state.kernelDepth--;
  }
}

/**
 * `x`, for which no gradient is asked: to what follows it is a constant. Same values, same shape, same dtype.
 *
 * Needed where a condition is computed from what is differentiated: tfjs-core looks for a gradient of everything between the two, and fails at
 * `greater` or `notEqual`, which have none.
 */
export function stopGradient<T extends Tensor>(x: T): T {
  return withoutGradient(() => clone(x) as T);
}
