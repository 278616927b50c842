import { clone, customGrad, type Tensor } from '@tensorflow/tfjs-core';

/**
 * `x`, for which no gradient is asked: to what follows it is a constant. Same values, same shape, same dtype.
 *
 * Needed where a condition is computed from what is differentiated: tfjs-core looks for a gradient of everything between the two, and fails at
 * `greater` or `notEqual`, which have none.
 */
export function stopGradient<T extends Tensor>(x: T): T {
  // A function without tensor arguments depends on nothing.
  return customGrad(() => ({ value: clone(x), gradFunc: () => [] }))() as T;
}
