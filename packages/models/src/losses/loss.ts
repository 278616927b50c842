import type { Tensor } from '@jogak/ops';
import { Configurable } from '@jogak/layers';

/** A loss as a plain function: a value for each sample, of the targets and the predictions. */
export type LossFunction = (yTrue: Tensor, yPred: Tensor) => Tensor;

/**
 * How wrong predictions are. A loss gives a value for each sample (and step); reducing them to one number, with sample weights and
 * masks, is the training step's work, the same for all.
 */
export abstract class Loss<Options extends object = object> extends Configurable<Options> {
  /**
   * @param yTrue targets, of the shape of the predictions or, where the loss takes class numbers, of that without the last axis
   * @param yPred predictions, `[batch, …, outputs]`
   * @returns a value for each sample and step, `[batch, …]`, differentiable in `yPred`
   */
  abstract call(yTrue: Tensor, yPred: Tensor): Tensor;

  /**
   * Checks targets on the host before a batch changes a weight: class numbers in range, no NaN where none may be.
   *
   * @param classes size of the predictions' last axis
   * @throws {DataError} naming the first wrong value and its row
   */
  checkTargets(_values: ArrayLike<number>, _classes: number): void {}
}
