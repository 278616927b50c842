import { losses, metrics as ofModels } from '@jogak/models';
import { argMax, cast, equal, greater, mean, scalar, squeeze, Tensor, tidy } from '@jogak/ops';

/** A metric as TensorFlow.js' `tf.metrics` has it: of targets and predictions, a value for each sample, `[batch, …]`. */
type OfTensors = (yTrue: Tensor, yPred: Tensor) => Tensor;

const matches = (first: Tensor, second: Tensor): Tensor => cast(equal(first, second), 'float32');

const binaryAccuracy: OfTensors = (yTrue, yPred) => mean(matches(yTrue, cast(greater(yPred, 0.5), 'float32')), -1);
const categoricalAccuracy: OfTensors = (yTrue, yPred) => matches(argMax(yTrue, -1), argMax(yPred, -1));
const sparseCategoricalAccuracy: OfTensors = (yTrue, yPred) =>
  matches(cast(yTrue.rank === yPred.rank ? squeeze(yTrue, [-1]) : yTrue, 'int32'), argMax(yPred, -1));

/** Of the whole batch, a scalar. */
function overall(factory: () => ofModels.Metric): OfTensors {
  return (yTrue, yPred) => {
    const metric = factory();
    metric.add(metric.sums(yTrue, yPred, null).dataSync());
    return scalar(metric.result());
  };
}

/** What makes a metric, and, given tensors, computes it. */
function both<Factory extends (options?: never) => unknown>(
  factory: Factory,
  compute: OfTensors,
  name = factory.name,
): Factory & OfTensors {
  const either = (first?: unknown, second?: unknown): unknown =>
    first instanceof Tensor && second instanceof Tensor ? tidy(() => compute(first, second)) : factory(first as never);
  // The key in logs, when it is given to compile as it is.
  return Object.defineProperty(either, 'name', { value: name }) as unknown as Factory & OfTensors;
}

/** The negative cosine; the metric `cosineSimilarity` has the other sign. */
const cosineProximity: OfTensors = (yTrue, yPred) => losses.cosineSimilarity().call(yTrue, yPred);

const meanSquaredError = both(ofModels.meanSquaredError, (yTrue, yPred) => losses.meanSquaredError().call(yTrue, yPred));
const meanAbsoluteError = both(ofModels.meanAbsoluteError, (yTrue, yPred) => losses.meanAbsoluteError().call(yTrue, yPred));
const meanAbsolutePercentageError = both(ofModels.meanAbsolutePercentageError, (yTrue, yPred) =>
  losses.meanAbsolutePercentageError().call(yTrue, yPred),
);

/** Names that make a metric, and, given tensors, compute it. */
type BothName =
  | 'binaryAccuracy'
  | 'binaryCrossentropy'
  | 'categoricalAccuracy'
  | 'categoricalCrossentropy'
  | 'meanAbsoluteError'
  | 'meanAbsolutePercentageError'
  | 'meanSquaredError'
  | 'precision'
  | 'recall'
  | 'sparseCategoricalAccuracy';

type OfModels = typeof ofModels;
type TfjsMetrics = { readonly [Name in BothName]: OfModels[Name] & OfTensors } & {
  readonly cosineProximity: OfTensors;
  readonly mape: OfModels['meanAbsolutePercentageError'] & OfTensors;
  readonly MAPE: OfModels['meanAbsolutePercentageError'] & OfTensors;
  readonly mse: OfModels['meanSquaredError'] & OfTensors;
  readonly MSE: OfModels['meanSquaredError'] & OfTensors;
  readonly r2Score: OfModels['r2'] & OfTensors;
};

const ofTensors: TfjsMetrics = {
  binaryAccuracy: both(ofModels.binaryAccuracy, binaryAccuracy),
  categoricalAccuracy: both(ofModels.categoricalAccuracy, categoricalAccuracy),
  sparseCategoricalAccuracy: both(ofModels.sparseCategoricalAccuracy, sparseCategoricalAccuracy),
  binaryCrossentropy: both(ofModels.binaryCrossentropy, (yTrue, yPred) => losses.binaryCrossentropy().call(yTrue, yPred)),
  categoricalCrossentropy: both(ofModels.categoricalCrossentropy, (yTrue, yPred) => losses.categoricalCrossentropy().call(yTrue, yPred)),
  cosineProximity,
  meanSquaredError,
  mse: meanSquaredError,
  MSE: meanSquaredError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  mape: meanAbsolutePercentageError,
  MAPE: meanAbsolutePercentageError,
  precision: both(ofModels.precision, overall(ofModels.precision)),
  recall: both(ofModels.recall, overall(ofModels.recall)),
  r2Score: both(ofModels.r2, overall(ofModels.r2), 'r2Score'),
};

/**
 * Metrics for `compile` (`metrics.precision({thresholds: 0.7})`), and TensorFlow.js' `tf.metrics`: each of its names, given targets and predictions,
 * computes the values of that batch, `[batch]`, of precision, recall and R² a scalar.
 *
 * @see https://js.tensorflow.org/api/latest/#Metrics
 */
export const metrics: OfModels & TfjsMetrics = { ...ofModels, ...ofTensors };
