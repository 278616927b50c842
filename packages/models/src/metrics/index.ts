export * from './accuracy.js';
export { FunctionMetric, type MetricFunction } from './function-metric.js';
export * from './loss-metrics.js';
export { Mean, mean } from './mean.js';
export { MeanMetric } from './mean-metric.js';
export { type Direction, Metric, type MetricOptions } from './metric.js';
export { getMetric, type MetricLike, registerMetric } from './registry.js';
export { CosineSimilarity, cosineSimilarity, RootMeanSquaredError, rootMeanSquaredError } from './regression.js';
