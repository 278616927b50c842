import { ClassTable, type ConfigurableClass, isSerialized, type Serialized } from '@jogak/layers';
import { ConfigError, type Json, options } from '@jogak/ops';
import {
  Accuracy,
  BinaryAccuracy,
  CategoricalAccuracy,
  SparseCategoricalAccuracy,
  SparseTopKCategoricalAccuracy,
  TopKCategoricalAccuracy,
} from './accuracy.js';
import { AUC } from './auc.js';
import { ConfusionMatrix } from './confusion-matrix.js';
import { F1Score } from './f1.js';
import { FunctionMetric, type MetricFunction } from './function-metric.js';
import * as lossMetrics from './loss-metrics.js';
import { Mean } from './mean.js';
import { Metric, type MetricOptions } from './metric.js';
import { Precision, Recall } from './precision-recall.js';
import { R2Score } from './r2.js';
import { CosineSimilarity, RootMeanSquaredError } from './regression.js';

/** A metric, the name of one (`'accuracy'`, `'meanSquaredError'`, `'mse'`), a function, or a serialized form. */
export type MetricLike = Metric | string | MetricFunction | Serialized;

const alias = (className: string): Serialized => ({ className, config: {} });

const table = /* @__PURE__ */ new ClassTable<Metric>(
  'metric',
  Metric,
  [
    Accuracy,
    BinaryAccuracy,
    CategoricalAccuracy,
    SparseCategoricalAccuracy,
    TopKCategoricalAccuracy,
    SparseTopKCategoricalAccuracy,
    Precision,
    Recall,
    F1Score,
    AUC,
    ConfusionMatrix,
    R2Score,
    Mean,
    RootMeanSquaredError,
    CosineSimilarity,
    lossMetrics.BinaryCrossentropy,
    lossMetrics.CategoricalCrossentropy,
    lossMetrics.SparseCategoricalCrossentropy,
    lossMetrics.MeanSquaredError,
    lossMetrics.MeanAbsoluteError,
    lossMetrics.MeanAbsolutePercentageError,
    lossMetrics.MeanSquaredLogarithmicError,
    lossMetrics.LogCoshError,
    lossMetrics.Huber,
    lossMetrics.KLDivergence,
    lossMetrics.Poisson,
    lossMetrics.Hinge,
    lossMetrics.SquaredHinge,
    lossMetrics.CategoricalHinge,
  ],
  {
    acc: alias('Accuracy'),
    f1: alias('F1Score'),
    r2: alias('R2Score'),
    bce: alias('BinaryCrossentropy'),
    mse: alias('MeanSquaredError'),
    mae: alias('MeanAbsoluteError'),
    mape: alias('MeanAbsolutePercentageError'),
    msle: alias('MeanSquaredLogarithmicError'),
    rmse: alias('RootMeanSquaredError'),
    kld: alias('KLDivergence'),
    logCosh: alias('LogCoshError'),
  },
);

/** Whether a metric is of a class of this package, not a user's own. */
export const isBuiltInMetric = (metric: Metric): boolean => table.isBuiltIn(metric);

/** Classes of functions that {@link registerMetric} made known. */
const classesOfFunctions = new Map<MetricFunction, new (given: MetricOptions) => FunctionMetric>();

/**
 * The metric that an identifier stands for. One that is asked for by name has that name in logs, as in Keras, camelCase turned into
 * Keras' spelling: `'acc'` is `acc`, `'meanSquaredError'` is `mean_squared_error`.
 *
 * @throws {ConfigError} when there is none of the name, or it is nothing that can stand for a metric
 */
export function getMetric(identifier: MetricLike): Metric {
  if (typeof identifier === 'function' && isFunction(identifier)) {
    const known = classesOfFunctions.get(identifier);
    return known ? new known({}) : new FunctionMetric(identifier);
  }
  if (identifier instanceof Metric || isSerialized(identifier)) return table.get(identifier);
  if (typeof identifier !== 'string') {
    throw new ConfigError(
      `a metric must be a Metric, the name of one, or a function of targets and predictions; got ${options.show(identifier)}`,
    );
  }
  const { className, config } = table.get(identifier).serialize();
  return table.get({ className, config: { ...config, name: snakeCase(identifier) } });
}

/**
 * Makes a metric of one's own known to files and by name: a class by its `className`, a function by its `name`.
 *
 * @throws {ConfigError} when a function has no name
 */
export function registerMetric(metric: ConfigurableClass<Metric> | MetricFunction): void {
  if (!isFunction(metric)) {
    table.register(metric);
    return;
  }
  if (!metric.name) throw new ConfigError('a function without a name cannot be registered as a metric: give it one');
  const type = registeredClass(metric);
  classesOfFunctions.set(metric, type);
  table.register(type);
}

function registeredClass(fn: MetricFunction): ConfigurableClass<FunctionMetric> & (new (given: MetricOptions) => FunctionMetric) {
  return class extends FunctionMetric {
    static override readonly className: string = fn.name;

    constructor(given: MetricOptions) {
      super(fn, given);
    }

    override getConfig(): Record<string, Json> {
      return { name: this.name };
    }
  };
}

function isFunction(metric: ConfigurableClass<Metric> | MetricFunction): metric is MetricFunction {
  return !(metric.prototype instanceof Metric);
}

/** `meanSquaredError` as `mean_squared_error`; a class' name, `AUC`, stays. */
function snakeCase(name: string): string {
  return /^[A-Z]/.test(name)
    ? name
    : name
        .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
        .replace(/([a-z])([A-Z])/g, '$1_$2')
        .toLowerCase();
}
