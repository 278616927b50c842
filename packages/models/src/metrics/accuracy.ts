import type { TableOf } from '@jogak/layers';
import {
  argMax,
  cast,
  countRight,
  equal,
  expandDims,
  greater,
  less,
  lessEqual,
  logicalNot,
  mul,
  oneHot,
  options,
  sum,
  type Tensor,
} from '@jogak/ops';
import { fitClassNumbers, fitTargets, isClassNumbers, withTargets } from '../losses/targets.js';
import { MeanMetric } from './mean-metric.js';
import type { MetricOptions } from './metric.js';

/** Options of {@link binaryAccuracy}. */
export interface BinaryAccuracyOptions extends MetricOptions {
  /** Predictions above it are a yes: 0.5 of probabilities, 0 of logits. @default 0.5 */
  threshold?: number;
}

/** Options of {@link topKCategoricalAccuracy} and {@link sparseTopKCategoricalAccuracy}. */
export interface TopKAccuracyOptions extends MetricOptions {
  /** How many classes a model may name. @default 5 */
  k?: number;
}

/**
 * How often predictions are right. As Keras chooses, by shapes: with one output, {@link BinaryAccuracy}; with class numbers as
 * targets, {@link SparseCategoricalAccuracy}; else {@link CategoricalAccuracy}.
 */
export class Accuracy extends MeanMetric {
  static override readonly className = 'Accuracy';
  static override readonly options: TableOf<MetricOptions> = { name: options.text('accuracy') };
  readonly direction = 'max';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    if (isBinary(yPred)) return binaryMatches(yTrue, yPred, 0.5, this.name);
    return isClassNumbers(yTrue.shape, yPred.shape) ? sparseMatches(yTrue, yPred, this.name) : categoricalMatches(yTrue, yPred, this.name);
  }

  protected override evenSums(yTrue: Tensor, yPred: Tensor): Tensor {
    if (isBinary(yPred)) return binarySums(yTrue, yPred, 0.5, this.name);
    return isClassNumbers(yTrue.shape, yPred.shape) ? sparseSums(yTrue, yPred, this.name) : categoricalSums(yTrue, yPred, this.name);
  }
}

/** How often an output above a threshold agrees with a target of 1, and one below with 0. */
export class BinaryAccuracy extends MeanMetric<BinaryAccuracyOptions> {
  static override readonly className = 'BinaryAccuracy';
  static override readonly options: TableOf<BinaryAccuracyOptions> = {
    name: options.text('binary_accuracy'),
    threshold: options.number(0.5),
  };
  readonly direction = 'max';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    return binaryMatches(yTrue, yPred, this.config.threshold, this.name);
  }

  protected override evenSums(yTrue: Tensor, yPred: Tensor): Tensor {
    return binarySums(yTrue, yPred, this.config.threshold, this.name);
  }
}

/** How often the most likely class is that of the target, where targets are a probability for each class. */
export class CategoricalAccuracy extends MeanMetric {
  static override readonly className = 'CategoricalAccuracy';
  static override readonly options: TableOf<MetricOptions> = { name: options.text('categorical_accuracy') };
  readonly direction = 'max';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    return categoricalMatches(yTrue, yPred, this.name);
  }

  protected override evenSums(yTrue: Tensor, yPred: Tensor): Tensor {
    return categoricalSums(yTrue, yPred, this.name);
  }
}

/** How often the most likely class is the target, where targets are class numbers. */
export class SparseCategoricalAccuracy extends MeanMetric {
  static override readonly className = 'SparseCategoricalAccuracy';
  static override readonly options: TableOf<MetricOptions> = { name: options.text('sparse_categorical_accuracy') };
  readonly direction = 'max';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    return sparseMatches(yTrue, yPred, this.name);
  }

  protected override evenSums(yTrue: Tensor, yPred: Tensor): Tensor {
    return sparseSums(yTrue, yPred, this.name);
  }
}

/** How often the target's class is among the `k` most likely, where targets are a probability for each class. */
export class TopKCategoricalAccuracy extends MeanMetric<TopKAccuracyOptions> {
  static override readonly className = 'TopKCategoricalAccuracy';
  static override readonly options: TableOf<TopKAccuracyOptions> = {
    name: options.text('top_k_categorical_accuracy'),
    k: options.positiveInteger(5),
  };
  readonly direction = 'max';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    const [targets, predictions] = fitTargets(yTrue, yPred, this.name);
    return amongTopK(argMax(targets, -1), predictions, this.config.k);
  }
}

/** How often the target is among the `k` most likely classes, where targets are class numbers. */
export class SparseTopKCategoricalAccuracy extends MeanMetric<TopKAccuracyOptions> {
  static override readonly className = 'SparseTopKCategoricalAccuracy';
  static override readonly options: TableOf<TopKAccuracyOptions> = {
    name: options.text('sparse_top_k_categorical_accuracy'),
    k: options.positiveInteger(5),
  };
  readonly direction = 'max';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    return amongTopK(...fitClassNumbers(yTrue, yPred, this.name), this.config.k);
  }
}

export const accuracy = (given: MetricOptions = {}): Accuracy => new Accuracy(given);
export const binaryAccuracy = (given: BinaryAccuracyOptions = {}): BinaryAccuracy => new BinaryAccuracy(given);
export const categoricalAccuracy = (given: MetricOptions = {}): CategoricalAccuracy => new CategoricalAccuracy(given);
export const sparseCategoricalAccuracy = (given: MetricOptions = {}): SparseCategoricalAccuracy => new SparseCategoricalAccuracy(given);
export const topKCategoricalAccuracy = (given: TopKAccuracyOptions = {}): TopKCategoricalAccuracy => new TopKCategoricalAccuracy(given);
export const sparseTopKCategoricalAccuracy = (given: TopKAccuracyOptions = {}): SparseTopKCategoricalAccuracy =>
  new SparseTopKCategoricalAccuracy(given);

/** Whether there is one output. */
const isBinary = (yPred: Tensor): boolean => yPred.rank <= 1 || yPred.shape.at(-1) === 1;

// `[Σ right, count]` of what the functions below them give one by one.

const binarySums = (yTrue: Tensor, yPred: Tensor, threshold: number, where: string): Tensor =>
  countRight('binary', yTrue, withTargets(yTrue, yPred, where), threshold);

const categoricalSums = (yTrue: Tensor, yPred: Tensor, where: string): Tensor =>
  countRight('categorical', yTrue, withTargets(yTrue, yPred, where));

const sparseSums = (yTrue: Tensor, yPred: Tensor, where: string): Tensor => countRight('sparse', ...fitClassNumbers(yTrue, yPred, where));

/** 1 where right, else 0, of every output: `[batch, …, outputs]`. */
function binaryMatches(yTrue: Tensor, yPred: Tensor, threshold: number, where: string): Tensor {
  const [targets, predictions] = fitTargets(yTrue, yPred, where);
  return cast(equal(targets, cast(greater(predictions, threshold), 'float32')), 'float32');
}

/** 1 where right, else 0, `[batch, …]`. */
function categoricalMatches(yTrue: Tensor, yPred: Tensor, where: string): Tensor {
  const [targets, predictions] = fitTargets(yTrue, yPred, where);
  return cast(equal(argMax(targets, -1), argMax(predictions, -1)), 'float32');
}

/** 1 where right, else 0, `[batch, …]`. */
function sparseMatches(yTrue: Tensor, yPred: Tensor, where: string): Tensor {
  const [labels, predictions] = fitClassNumbers(yTrue, yPred, where);
  return cast(equal(labels, argMax(predictions, -1)), 'float32');
}

/** 1 where fewer than `k` classes are more likely than the label's, else 0, `[batch, …]`. */
function amongTopK(labels: Tensor, predictions: Tensor, k: number): Tensor {
  const own = sum(mul(predictions, oneHot(cast(labels, 'int32'), predictions.shape.at(-1) as number, 1, 0, 'float32')), -1);
  // Not "greater", so that a prediction of NaN is never right.
  const better = sum(cast(logicalNot(lessEqual(predictions, expandDims(own, -1))), 'float32'), -1);
  return cast(less(better, k), 'float32');
}
