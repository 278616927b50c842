import { cast, expandDims, mul, onesLike, reshape, ShapeError, sum, type Tensor } from '@jogak/ops';

/** A weighted sum of a batch's values, and by what a mean of them divides. */
export interface WeightedSum {
  /** Scalar. */
  readonly sum: Tensor;
  /** Scalar tensor, or a number where it is known without computing. */
  readonly count: Tensor | number;
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
  if (!weights && !mask) return { sum: sum(values), count: values.size };
  const kept = mask ? broadcast(cast(mask, 'float32'), values, 'mask') : null;
  let weighted = values;
  if (weights) weighted = mul(weighted, broadcast(weights, values, 'sampleWeight'));
  if (kept) weighted = mul(weighted, kept);
  return { sum: sum(weighted), count: kept ? sum(kept) : values.size };
}

/** `part` with trailing axes repeated until it has the shape of `values`. */
export function broadcast(part: Tensor, values: Tensor, what: string): Tensor {
  // Keras takes weights with a last axis of 1, too.
  let fitted = part.rank === values.rank + 1 && part.shape.at(-1) === 1 ? reshape(part, part.shape.slice(0, -1)) : part;
  const fits = fitted.rank <= values.rank && fitted.shape.every((size, axis) => size === values.shape[axis]);
  if (!fits) throw new ShapeError(`${what} must have the shape of the values that it weighs, [${values.shape.join(', ')}], or of its first axes; got [${part.shape.join(', ')}]`);
  while (fitted.rank < values.rank) fitted = expandDims(fitted, -1);
  return fitted.size === values.size ? fitted : mul(fitted, onesLike(values));
}
