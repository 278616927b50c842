import { isSerialized, type Mask } from '@jogak/layers';
import { add, ConfigError, cast, checkNumbers, div, logicalAnd, maximum, mul, ShapeError, type Tensor, tidy } from '@jogak/ops';
import { getOptimizer, type Optimizer } from '@jogak/optimizers';
import { getLoss, Loss, type LossLike } from '../losses/index.js';
import { broadcast, weightedSum } from '../losses/reduce.js';
import { getMetric, Metric, type MetricLike } from '../metrics/index.js';
import { type CompileOptions, forEachOutput } from './compile-options.js';

const isLoss = (value: unknown): value is LossLike =>
  typeof value === 'string' || typeof value === 'function' || value instanceof Loss || isSerialized(value);
const isMetric = (value: unknown): value is MetricLike =>
  typeof value === 'string' || typeof value === 'function' || value instanceof Metric || isSerialized(value);

/** A metric, the output it judges, and its key in logs. */
interface CompiledMetric {
  readonly metric: Metric;
  readonly output: number;
  readonly key: string;
}

/** The loss of a batch. */
export interface BatchLoss {
  /** What is minimized, a scalar: the weighted sum of the outputs' mean losses. */
  readonly total: Tensor;
  /** For each output, the sum of its values and by what their mean divides. */
  readonly outputs: readonly { readonly sum: Tensor; readonly count: Tensor | number }[];
}

/** What `compile` makes of its options: the optimizer, a loss for each output and the metrics. */
export class Compiled {
  readonly optimizer: Optimizer;
  readonly losses: readonly Loss[];
  private readonly lossWeights: readonly number[];
  /** The metrics of all outputs, in order. */
  readonly metrics: readonly CompiledMetric[];

  constructor(
    readonly options: CompileOptions,
    private readonly outputNames: readonly string[],
  ) {
    this.optimizer = getOptimizer(options.optimizer ?? 'rmsprop');
    this.losses = forEachOutput(options.loss, outputNames, isLoss, 'loss').map(getLoss);
    const isNumber = (value: unknown): value is number => typeof value === 'number';
    this.lossWeights = options.lossWeights
      ? forEachOutput<number>(options.lossWeights, outputNames, isNumber, 'lossWeights')
      : this.losses.map(() => 1);
    this.metrics = metricLists(options.metrics ?? [], outputNames).flatMap((list, output) => {
      const prefix = outputNames.length > 1 ? `${outputNames[output]}_` : '';
      return list.map(getMetric).map(metric => ({ metric, output, key: prefix + metric.name }));
    });
    this.checkMetrics();
  }

  /** A figure has one key, and a metric object sums up one output: else one would stand in for the other, unseen. */
  private checkMetrics(): void {
    const keys = ['loss', ...(this.losses.length > 1 ? this.losses.map((_, output) => this.lossKey(output)) : [])];
    const objects = new Set<Metric>();
    for (const { metric, key } of this.metrics) {
      if (keys.includes(key)) throw new ConfigError(`compile: two figures are called "${key}": give the metric another name`);
      if (objects.has(metric)) throw new ConfigError(`compile: one metric object, "${key}", judges two outputs: make one for each`);
      keys.push(key);
      objects.add(metric);
    }
  }

  /** Key in logs of an output's own loss, where a model has several outputs. */
  lossKey(output: number): string {
    return `${this.outputNames[output]}_loss`;
  }

  /** Checks targets on the host, before they change a weight. @throws {DataError} */
  checkTargets(targets: readonly Tensor[], outputs: readonly Tensor[]): void {
    for (const [index, loss] of this.losses.entries()) {
      const target = targets[index];
      if (!target) continue;
      const classes = outputs[index]?.shape.at(-1) ?? Number.POSITIVE_INFINITY;
      const rows = target.shape[0] ?? 0;
      checkNumbers(target, numbers => loss.checkTargets(numbers, classes, rows));
    }
  }

  /**
   * The loss of a batch.
   *
   * @throws {ShapeError} when predictions, targets, weights and masks do not fit together
   */
  loss(targets: readonly Tensor[], predictions: readonly Tensor[], sampleWeight: Tensor | null, masks: readonly Mask[]): BatchLoss {
    let total: Tensor | null = null;
    const outputs = this.losses.map((loss, index) => {
      const target = targets[index];
      const prediction = predictions[index] as Tensor;
      if (!target) throw new ShapeError(`output "${this.outputNames[index]}" has a loss, but no targets were given`);
      const values = loss.call(target, prediction);
      const mask = masks[index] ?? null;
      const counted = both(mask && mask.rank <= values.rank ? mask : null, loss.computeMask(target, prediction));
      const { sum, count } = weightedSum(values, sampleWeight, counted);
      const mean = meanOf(sum, count, this.lossWeights[index] as number);
      total = total ? add(total, mean) : mean;
      return { sum, count };
    });
    return { total: total as unknown as Tensor, outputs };
  }

  /** The sums of all metrics over a batch, in the order of {@link metrics}. As in Keras, sample weights are the loss' alone; masks count. */
  metricSums(targets: readonly Tensor[], predictions: readonly Tensor[], masks: readonly Mask[]): Tensor[] {
    return this.metrics.map(({ metric, output }) => {
      const mask = masks[output];
      return tidy(() => metric.sums(targets[output] as Tensor, predictions[output] as Tensor, mask ? cast(mask, 'float32') : null));
    });
  }
}

/** What both masks let count. */
function both(first: Tensor | null, second: Tensor | null): Tensor | null {
  if (!first || !second) return first ?? second;
  return logicalAnd(cast(first, 'bool'), broadcast(cast(second, 'bool'), first, 'mask'));
}

/** A mean over what was counted, 0 when nothing was, times `weight`. */
function meanOf(sum: Tensor, count: Tensor | number, weight: number): Tensor {
  // A product by a number that is known: its gradient is one, too, and a step has few ops to spare.
  if (typeof count === 'number') return mul(sum, weight / Math.max(1, count));
  const mean = div(sum, maximum(count, 1));
  return weight === 1 ? mean : mul(mean, weight);
}

/** The metrics of each output. @throws {ConfigError} when lists are not as many as outputs, or for an output that there is not */
function metricLists(given: NonNullable<CompileOptions['metrics']>, outputs: readonly string[]): (readonly MetricLike[])[] {
  const toList = (item: MetricLike | readonly MetricLike[]): readonly MetricLike[] => (isMetric(item) ? [item] : item);
  if (isMetric(given)) return metricLists([given], outputs);
  if (Array.isArray(given)) {
    const items = given as readonly (MetricLike | readonly MetricLike[])[];
    if (items.length === 0) return outputs.map(() => []);
    if (outputs.length === 1 && items.every(isMetric)) return [items as readonly MetricLike[]];
    if (items.length !== outputs.length) {
      throw new ConfigError(
        `compile: the model has ${outputs.length} outputs, ${outputs.join(', ')}: give a list of metrics for each; got ${items.length}`,
      );
    }
    return items.map(toList);
  }
  const byName = given as { readonly [output: string]: MetricLike | readonly MetricLike[] };
  const unknown = Object.keys(byName).find(name => !outputs.includes(name));
  if (unknown !== undefined)
    throw new ConfigError(`compile: metrics for "${unknown}", which is no output of the model; there are: ${outputs.join(', ')}`);
  return outputs.map(name => toList(byName[name] ?? []));
}
