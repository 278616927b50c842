import type { Layer } from '@jogak/layers';
import { toTensor } from '@jogak/ops';

/**
 * Remembers what layers change by themselves while a batch is computed, moving averages and states, for a batch that turns out to be
 * wrong: targets are checked, and NaN found, only when they have moved.
 *
 * @returns puts the values back
 */
export function rememberMovingWeights(model: Pick<Layer, 'weights' | 'keptStates'>): () => void {
  const moving = [...model.weights.filter(weight => !weight.trainable), ...model.keptStates()];
  const kept = moving.map(weight => [weight, weight.read()] as const);
  return () => {
    for (const [weight, value] of kept) weight.update(() => toTensor(value));
  };
}
