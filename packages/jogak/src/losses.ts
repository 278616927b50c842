import { losses as ofModels } from '@jogak/models';
import { losses as ofTensors, Tensor } from '@jogak/ops';

/** What makes the loss, and what computes it. */
type MeanSquaredError = typeof ofModels.meanSquaredError & typeof ofTensors.meanSquaredError;

/**
 * Losses for `compile` (`losses.huber({delta: 2})`), and TensorFlow.js' functions of tensors (`losses.huberLoss(labels, predictions)`), which
 * `compile` takes as well. The one name that both have is both: with tensors, the mean squared error of them; else a loss.
 */
export const losses: typeof ofModels & Omit<typeof ofTensors, 'meanSquaredError'> & { meanSquaredError: MeanSquaredError } = {
  ...ofTensors,
  ...ofModels,
  meanSquaredError: ((...given: unknown[]) =>
    given.length > 1 || given[0] instanceof Tensor
      ? (ofTensors.meanSquaredError as (...given: unknown[]) => Tensor)(...given)
      : ofModels.meanSquaredError()) as MeanSquaredError,
};
