import type { TableOf } from '@jogak/layers';
import { cast, options, type Tensor } from '@jogak/ops';
import { MeanMetric } from './mean-metric.js';
import type { MetricOptions } from './metric.js';

/** The weighted mean of values: of the predictions where it is a model's metric, of whatever {@link Mean.update} is given elsewhere. */
export class Mean extends MeanMetric {
  static override readonly className = 'Mean';
  static override readonly options: TableOf<MetricOptions> = { name: options.text('mean') };
  readonly direction = 'none';

  /** Counts a value, `weight` times. @param weight @default 1 */
  update(value: number, weight = 1): void {
    this.add([value * weight, weight]);
  }

  protected override values(_yTrue: Tensor, yPred: Tensor): Tensor {
    return cast(yPred, 'float32');
  }
}

export const mean = (given: MetricOptions = {}): Mean => new Mean(given);
