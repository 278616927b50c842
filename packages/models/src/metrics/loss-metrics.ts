import * as losses from '../losses/index.js';
import { type LossMetricClass, metricOf } from './loss-metric.js';
import type { Metric, MetricOptions } from './metric.js';

// The losses as metrics: what each computes stands with the loss.

export const BinaryCrossentropy: LossMetricClass<losses.CrossentropyOptions> = /* @__PURE__ */ metricOf(
  losses.BinaryCrossentropy,
  'binary_crossentropy',
);
export const CategoricalCrossentropy: LossMetricClass<losses.CrossentropyOptions> = /* @__PURE__ */ metricOf(
  losses.CategoricalCrossentropy,
  'categorical_crossentropy',
);
export const SparseCategoricalCrossentropy: LossMetricClass<losses.SparseCategoricalCrossentropyOptions> = /* @__PURE__ */ metricOf(
  losses.SparseCategoricalCrossentropy,
  'sparse_categorical_crossentropy',
);
export const MeanSquaredError: LossMetricClass<object> = /* @__PURE__ */ metricOf(losses.MeanSquaredError, 'mean_squared_error');
export const MeanAbsoluteError: LossMetricClass<object> = /* @__PURE__ */ metricOf(losses.MeanAbsoluteError, 'mean_absolute_error');
export const MeanAbsolutePercentageError: LossMetricClass<object> = /* @__PURE__ */ metricOf(
  losses.MeanAbsolutePercentageError,
  'mean_absolute_percentage_error',
);
export const MeanSquaredLogarithmicError: LossMetricClass<object> = /* @__PURE__ */ metricOf(
  losses.MeanSquaredLogarithmicError,
  'mean_squared_logarithmic_error',
);
export const LogCoshError: LossMetricClass<object> = /* @__PURE__ */ metricOf(losses.LogCosh, 'logcosh', 'LogCoshError');
export const Huber: LossMetricClass<losses.HuberOptions> = /* @__PURE__ */ metricOf(losses.Huber, 'huber');
export const KLDivergence: LossMetricClass<object> = /* @__PURE__ */ metricOf(losses.KLDivergence, 'kl_divergence');
export const Poisson: LossMetricClass<object> = /* @__PURE__ */ metricOf(losses.Poisson, 'poisson');
export const Hinge: LossMetricClass<object> = /* @__PURE__ */ metricOf(losses.Hinge, 'hinge');
export const SquaredHinge: LossMetricClass<object> = /* @__PURE__ */ metricOf(losses.SquaredHinge, 'squared_hinge');
export const CategoricalHinge: LossMetricClass<object> = /* @__PURE__ */ metricOf(losses.CategoricalHinge, 'categorical_hinge');

export const binaryCrossentropy = (given: losses.CrossentropyOptions & MetricOptions = {}): Metric => new BinaryCrossentropy(given);
export const categoricalCrossentropy = (given: losses.CrossentropyOptions & MetricOptions = {}): Metric =>
  new CategoricalCrossentropy(given);
export const sparseCategoricalCrossentropy = (given: losses.SparseCategoricalCrossentropyOptions & MetricOptions = {}): Metric =>
  new SparseCategoricalCrossentropy(given);
export const meanSquaredError = (given: MetricOptions = {}): Metric => new MeanSquaredError(given);
export const meanAbsoluteError = (given: MetricOptions = {}): Metric => new MeanAbsoluteError(given);
export const meanAbsolutePercentageError = (given: MetricOptions = {}): Metric => new MeanAbsolutePercentageError(given);
export const meanSquaredLogarithmicError = (given: MetricOptions = {}): Metric => new MeanSquaredLogarithmicError(given);
export const logCosh = (given: MetricOptions = {}): Metric => new LogCoshError(given);
export const huber = (given: losses.HuberOptions & MetricOptions = {}): Metric => new Huber(given);
export const klDivergence = (given: MetricOptions = {}): Metric => new KLDivergence(given);
export const poisson = (given: MetricOptions = {}): Metric => new Poisson(given);
export const hinge = (given: MetricOptions = {}): Metric => new Hinge(given);
export const squaredHinge = (given: MetricOptions = {}): Metric => new SquaredHinge(given);
export const categoricalHinge = (given: MetricOptions = {}): Metric => new CategoricalHinge(given);
