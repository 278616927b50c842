import { cast, mul, scalar, stack, sum, type Tensor, tidy } from '@jogak/ops';
import { broadcast } from '../losses/reduce.js';
import { Metric, type MetricOptions, ratio } from './metric.js';

/** A metric that is the weighted mean of a value for each sample (and step): `Σ weight · value / Σ weight`. */
export abstract class MeanMetric<Options extends MetricOptions = MetricOptions> extends Metric<Options> {
  /** @returns the value of each sample and step, `[batch, …]` */
  protected abstract values(yTrue: Tensor, yPred: Tensor): Tensor;

  override sums(yTrue: Tensor, yPred: Tensor, weights: Tensor | null): Tensor {
    return tidy(() => (weights ? null : this.evenSums(yTrue, yPred)) ?? weightedMeanSums(this.values(yTrue, yPred), weights));
  }

  /** `[Σ value, count]`, all weighing the same, where there is a quicker way to it than by the {@link values}. */
  protected evenSums(_yTrue: Tensor, _yPred: Tensor): Tensor | null {
    return null;
  }

  protected override value(): number {
    return ratio(this.totals[0] as number, this.totals[1] as number);
  }
}

/** `[Σ weight · value, Σ weight]`. */
export function weightedMeanSums(values: Tensor, weights: Tensor | null): Tensor {
  if (!weights) return stack([sum(values), scalar(values.size)]);
  const fitted = broadcast(cast(weights, 'float32'), values, 'sampleWeight');
  return stack([sum(mul(values, fitted)), sum(fitted)]);
}
