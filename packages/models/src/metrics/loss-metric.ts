import type { ConfigurableClass, TableOf } from '@jogak/layers';
import { cast, mul, options, type Tensor, tidy } from '@jogak/ops';
import type { Loss } from '../losses/index.js';
import { broadcast } from '../losses/reduce.js';
import { MeanMetric, weightedMeanSums } from './mean-metric.js';
import type { Metric, MetricOptions } from './metric.js';

/** A loss class: its options, and what makes one. */
interface LossClass<Options extends object> {
  readonly className: string;
  readonly options: object;
  new (given: Options): Loss;
}

/** A metric class of a loss. */
export type LossMetricClass<Options extends object> = ConfigurableClass<Metric> & (new (given: Options & MetricOptions) => Metric);

/**
 * The mean of a loss as a metric, with the loss' options.
 *
 * @param defaultName key in logs
 * @param className by which files know the metric. @default the loss'
 */
export function metricOf<Options extends object>(
  type: LossClass<Options>,
  defaultName: string,
  className: string = type.className,
): LossMetricClass<Options> {
  return class extends MeanMetric<Options & MetricOptions> {
    static override readonly className: string = className;
    static override readonly options = { name: options.text(defaultName), ...type.options } as TableOf<Options & MetricOptions>;
    readonly direction = 'min';
    private readonly loss = makeLoss(type, this.config);

    protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
      return this.loss.call(yTrue, yPred);
    }

    override sums(yTrue: Tensor, yPred: Tensor, weights: Tensor | null): Tensor {
      return tidy(() => {
        const values = this.values(yTrue, yPred);
        const counts = this.loss.computeMask(yTrue, yPred);
        if (!counts) return weightedMeanSums(values, weights);
        const kept = cast(counts, 'float32');
        return weightedMeanSums(values, weights ? mul(kept, broadcast(cast(weights, 'float32'), values, 'sampleWeight')) : kept);
      });
    }
  };
}

function makeLoss<Options extends object>(type: LossClass<Options>, config: object): Loss {
  const { name: _name, ...lossOptions } = config as { name: string };
  return new type(lossOptions as unknown as Options);
}
