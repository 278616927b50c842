import { cast, oneHot, reshape, type Tensor } from '@jogak/ops';
import { broadcast } from '../losses/reduce.js';
import { fitClassNumbers, fitTargets, isClassNumbers } from '../losses/targets.js';

/**
 * Targets and predictions as `[samples, outputs]`, float32, steps counted as samples; class numbers become one-hot.
 *
 * @param weights of samples, as a metric is given them
 * @returns weights `[samples, outputs]`, or null when all weigh the same
 * @throws {ShapeError} when they do not fit together
 */
export function asRows(yTrue: Tensor, yPred: Tensor, weights: Tensor | null, where: string): Rows {
  const outputs = yPred.rank > 1 ? (yPred.shape.at(-1) as number) : 1;
  const isSparse = outputs > 1 && isClassNumbers(yTrue.shape, yPred.shape);
  const [targets, predictions] = isSparse ? fitClassNumbers(yTrue, yPred, where) : fitTargets(yTrue, yPred, where);
  const rows = (tensor: Tensor): Tensor => reshape(tensor, [-1, outputs]);
  return {
    targets: isSparse ? rows(oneHot(targets, outputs, 1, 0, 'float32')) : rows(targets),
    predictions: rows(predictions),
    weights: weights && rows(broadcast(cast(weights, 'float32'), predictions, 'sampleWeight')),
    outputs,
  };
}

/** What {@link asRows} gives. */
export interface Rows {
  /** `[samples, outputs]` */
  readonly targets: Tensor;
  /** `[samples, outputs]` */
  readonly predictions: Tensor;
  /** `[samples, outputs]` */
  readonly weights: Tensor | null;
  readonly outputs: number;
}
