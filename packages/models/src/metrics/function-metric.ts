import type { TableOf } from '@jogak/layers';
import { ConfigError, type Json, options, type Tensor } from '@jogak/ops';
import { perSample } from '../losses/function-loss.js';
import { MeanMetric } from './mean-metric.js';
import type { MetricOptions } from './metric.js';

/** A metric as a plain function: a value for each sample, `[batch, …]`, or one for all, of the targets and the predictions. */
export type MetricFunction = (yTrue: Tensor, yPred: Tensor) => Tensor;

/**
 * The mean of a user's function as a metric, under the function's name in logs. Files cannot hold it, unless it is made known by
 * `registerMetric`.
 */
export class FunctionMetric extends MeanMetric {
  static override readonly options: TableOf<MetricOptions> = { name: options.text('metric') };
  readonly direction = 'none';

  constructor(
    readonly fn: MetricFunction,
    given: MetricOptions = {},
  ) {
    super({ ...(fn.name ? { name: fn.name } : {}), ...given });
  }

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    return perSample(this.fn(yTrue, yPred), yPred, `the metric ${this.name}`);
  }

  override getConfig(): Record<string, Json> {
    throw new ConfigError(
      `the metric ${this.name} is a function, which a file cannot hold: give the function to registerMetric, here and where the file is read`,
    );
  }
}
