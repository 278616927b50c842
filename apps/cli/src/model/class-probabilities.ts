import type { Model } from '@jogak/models';
import { type HostArray, scalarMath, type Tensor } from '@jogak/ops';

/** A class and how likely it is. */
export interface ClassProbability {
  readonly class: string;
  readonly probability: number;
}

/**
 * What a classifier makes of prepared inputs.
 *
 * @param x `[batch, …]`, as the model takes it
 * @returns for each sample all classes, the likeliest first
 */
export function classProbabilities(model: Model, x: HostArray, classNames: readonly string[]): ClassProbability[][] {
  const output = model.predict(x) as Tensor;
  const values = output.dataSync();
  const [samples = 0, width = 1] = output.shape;
  output.dispose();
  return Array.from({ length: samples }, (_, sample) => {
    const row = Array.from(values.subarray(sample * width, (sample + 1) * width));
    const probabilities = width === 1 ? [1 - (row[0] as number), row[0] as number] : isDistribution(row) ? row : softmax(row);
    return probabilities
      .map((probability, index) => ({ class: classNames[index] ?? String(index), probability }))
      .sort((a, b) => b.probability - a.probability);
  });
}

/** Whether the model's outputs are probabilities already, and not logits. */
const isDistribution = (row: readonly number[]): boolean =>
  row.every(value => value >= 0 && value <= 1) && Math.abs(row.reduce((sum, value) => sum + value, 0) - 1) < 1e-3;

function softmax(logits: readonly number[]): number[] {
  const highest = Math.max(...logits);
  const powers = logits.map(value => scalarMath.exp(value - highest));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map(power => power / sum);
}
