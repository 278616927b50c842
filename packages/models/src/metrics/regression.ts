import type { TableOf } from '@jogak/layers';
import { neg, options, square, sub, type Tensor } from '@jogak/ops';
import { cosineSimilarity as cosineLoss } from '../losses/regression.js';
import { fitTargets } from '../losses/targets.js';
import { MeanMetric } from './mean-metric.js';
import type { MetricOptions } from './metric.js';

/** `√ mean((yTrue − yPred)²)` over all outputs of all samples. */
export class RootMeanSquaredError extends MeanMetric {
  static override readonly className = 'RootMeanSquaredError';
  static override readonly options: TableOf<MetricOptions> = { name: options.text('root_mean_squared_error') };
  readonly direction = 'min';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    const [targets, predictions] = fitTargets(yTrue, yPred, this.name);
    return square(sub(predictions, targets));
  }

  protected override value(): number {
    return Math.sqrt(super.value());
  }
}

/** The mean of `Σ yTrue · yPred / (‖yTrue‖ ‖yPred‖)`: 1 when they point the same way. The loss of this name has the other sign. */
export class CosineSimilarity extends MeanMetric {
  static override readonly className = 'CosineSimilarity';
  static override readonly options: TableOf<MetricOptions> = { name: options.text('cosine_similarity') };
  readonly direction = 'max';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    return neg(cosineLoss().call(yTrue, yPred));
  }
}

export const rootMeanSquaredError = (given: MetricOptions = {}): RootMeanSquaredError => new RootMeanSquaredError(given);
export const cosineSimilarity = (given: MetricOptions = {}): CosineSimilarity => new CosineSimilarity(given);
