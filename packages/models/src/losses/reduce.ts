import { cast, logicalAnd, mul, onesLike, reshape, ShapeError, sum, type Tensor, tidy, where, zerosLike } from '@jogak/ops';
import type { Loss } from './loss.js';

/** A weighted sum of a batch's values, and by what a mean of them divides. */
export interface WeightedSum {
  /** Scalar. */
  readonly sum: Tensor;
  /** Scalar tensor, or a number where it is known without computing. */
  readonly count: Tensor | number;
}

/**
 * The sum of a loss over a batch, and by what its mean divides.
 *
 * @param weights of samples, `[batch]`, or of steps, `[batch, …]`; null when all weigh the same
 * @param mask `[batch, …]`, false where a step is padding; null when all count
 * @throws {ShapeError} when targets, weights or mask do not fit the predictions
 */
export function lossSum(loss: Loss, yTrue: Tensor, yPred: Tensor, weights: Tensor | null, mask: Tensor | null): WeightedSum {
  return tidyParts(() => {
    const values = loss.call(yTrue, yPred);
    const own = loss.computeMask(yTrue, yPred);
    const kept = own && mask ? logicalAnd(own, broadcast(cast(mask, 'bool'), values, 'mask')) : (own ?? mask);
    return weightedSum(values, weights, kept);
  });
}

/**
 * Sums the values of samples (and steps), each times its weight and its mask. As in Keras, a mean over a batch divides by the number
 * of values that the mask lets count, whatever they weigh.
 *
 * @param values `[batch, …]`
 * @param weights `[batch]`, or of more axes of `values`
 * @param mask of the axes of `values` or fewer, false where a step is padding
 * @throws {ShapeError} when weights or mask do not fit the values
 */
export function weightedSum(values: Tensor, weights: Tensor | null, mask: Tensor | null): WeightedSum {
  return tidyParts(() => {
    const kept = mask ? broadcast(cast(mask, 'bool'), values, 'mask') : null;
    // Selected, not multiplied by 0, so that whatever stands in padding, even NaN, is left out.
    let weighted = kept ? where(kept, values, zerosLike(values)) : values;
    if (weights) weighted = mul(weighted, broadcast(cast(weights, 'float32'), values, 'sampleWeight'));
    return { sum: sum(weighted), count: kept ? sum(cast(kept, 'float32')) : values.size };
  });
}

/**
 * `part` with trailing axes repeated until it has the shape of `values`.
 *
 * @param what `part` is, as the error names it
 * @throws {ShapeError} when its axes are not the first ones of `values`
 */
export function broadcast(part: Tensor, values: Tensor, what: string): Tensor {
  // As in Keras, a last axis of 1 stands for all steps.
  let shape: readonly number[] = part.shape;
  while (shape.length > 1 && shape.at(-1) === 1 && values.shape[shape.length - 1] !== 1) shape = shape.slice(0, -1);
  const fits = shape.length <= values.rank && shape.every((size, axis) => size === values.shape[axis]);
  if (!fits) {
    throw new ShapeError(
      `${what} must have the shape of the values that it weighs, [${values.shape.join(', ')}], or of its first axes; got [${part.shape.join(', ')}]`,
    );
  }
  const fitted = reshape(part, [...shape, ...values.shape.slice(shape.length).fill(1)]);
  if (fitted.size === values.size) return fitted;
  return part.dtype === 'bool' ? logicalAnd(fitted, onesLike(cast(values, 'bool'))) : mul(fitted, onesLike(values));
}

/** `tidy` of a {@link WeightedSum}. */
function tidyParts(compute: () => WeightedSum): WeightedSum {
  return tidy(() => ({ ...compute() }));
}
