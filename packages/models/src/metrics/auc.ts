import type { TableOf } from '@jogak/layers';
import {
  add,
  bincount,
  cast,
  ceil,
  clipByValue,
  concat,
  expandDims,
  greater,
  mul,
  notEqual,
  options,
  range,
  relu,
  reshape,
  ShapeError,
  scalarMath,
  sigmoid,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  tensor1d,
  tidy,
} from '@jogak/ops';
import { Metric, type MetricOptions, ratio } from './metric.js';
import { asRows } from './rows.js';

/** Options of {@link auc}. */
export interface AUCOptions extends MetricOptions {
  /** How many thresholds, evenly from 0 to 1, approximate the curve. @default 200 */
  numThresholds?: number;
  /** Thresholds between 0 and 1 in place of even ones; empty for those. @default [] */
  thresholds?: readonly number[];
  /** `ROC`: true over false positive rate; `PR`: precision over recall. @default 'ROC' */
  curve?: 'ROC' | 'PR';
  /** Between thresholds: `interpolation`; `minoring`, the lower of both ends; `majoring`, the higher. @default 'interpolation' */
  summationMethod?: 'interpolation' | 'minoring' | 'majoring';
  /** Whether each output has a curve of its own, whose areas are averaged; else all are thrown together. @default false */
  multiLabel?: boolean;
  /** How much each output counts; empty when all count the same. @default [] */
  labelWeights?: readonly number[];
  /** Whether predictions are logits, of a last layer without sigmoid. @default false */
  fromLogits?: boolean;
}

/** Area under a curve of true positives, from counts at thresholds as Keras makes it. Predictions are from 0 to 1. */
export class AUC extends Metric<AUCOptions> {
  static override readonly className = 'AUC';
  static override readonly options: TableOf<AUCOptions> = {
    name: options.text('auc'),
    numThresholds: options.integer(200, { min: 2 }),
    thresholds: options.listOf(options.number(undefined, { min: 0, max: 1 }), [], 'a list of thresholds from 0 to 1'),
    curve: options.oneOf(['ROC', 'PR'], 'ROC'),
    summationMethod: options.oneOf(['interpolation', 'minoring', 'majoring'], 'interpolation'),
    multiLabel: options.boolean(false),
    labelWeights: options.listOf(options.number(undefined, { min: 0 }), [], 'a list of weights'),
    fromLogits: options.boolean(false),
  };
  readonly direction = 'max';

  /** Thresholds, the ends below 0 and above 1 included. */
  private get buckets(): number {
    const { thresholds, numThresholds } = this.config;
    return thresholds.length > 0 ? thresholds.length + 2 : numThresholds;
  }

  /** How many positives, then how many negatives, lie between one threshold and the next, for each curve. */
  override sums(yTrue: Tensor, yPred: Tensor, weights: Tensor | null): Tensor {
    return tidy(() => {
      const { multiLabel, fromLogits } = this.config;
      const rows = asRows(yTrue, yPred, weights, this.name);
      const weight = this.weigh(rows.weights, rows.outputs);
      const isPositive = cast(notEqual(rows.targets, 0), 'float32');
      const bucket = this.bucketOf(fromLogits ? sigmoid(rows.predictions) : clipByValue(rows.predictions, 0, 1));
      const curve = multiLabel ? mul(range(0, rows.outputs), this.buckets) : 0;
      const cell = cast(reshape(add(bucket, curve), [-1]), 'int32') as Tensor1D;
      const size = this.buckets * (multiLabel ? rows.outputs : 1);
      const count = (which: Tensor): Tensor => bincount(cell, reshape(weight ? mul(which, weight) : which, [-1]) as Tensor1D, size);
      return concat([count(isPositive), count(sub(1, isPositive))]);
    });
  }

  /** Weights of rows with those of labels, where labels share a curve: else they weigh the curves. */
  private weigh(weights: Tensor | null, outputs: number): Tensor | null {
    const { multiLabel, labelWeights } = this.config;
    if (labelWeights.length > 0 && labelWeights.length !== outputs) {
      throw new ShapeError(`${this.name}: labelWeights has ${labelWeights.length} weights, but the model has ${outputs} outputs`);
    }
    if (multiLabel || labelWeights.length === 0) return weights;
    const labels = tensor1d([...labelWeights]);
    return weights ? mul(weights, labels) : labels;
  }

  /** Number of the last threshold that each score is above. */
  private bucketOf(scores: Tensor): Tensor {
    const { thresholds } = this.config;
    if (thresholds.length === 0) return relu(sub(ceil(mul(scores, this.buckets - 1)), 1));
    return sum(cast(greater(expandDims(scores, -1), tensor1d([...thresholds])), 'float32'), -1);
  }

  protected override value(): number {
    const sums = this.totals;
    const curves = sums.length / (2 * this.buckets);
    const areas = Array.from({ length: curves }, (_, curve) => {
      const from = curve * this.buckets;
      const negatives = sums.length / 2 + from;
      return this.area(above(sums.subarray(from, from + this.buckets)), above(sums.subarray(negatives, negatives + this.buckets)));
    });
    const { multiLabel, labelWeights } = this.config;
    const weights = areas.map((_, label) => (multiLabel ? (labelWeights[label] ?? 1) : 1));
    const weighted = areas.reduce((total, area, label) => total + area * (weights[label] as number), 0);
    return ratio(
      weighted,
      weights.reduce((total, weight) => total + weight, 0),
    );
  }

  /** The area of one curve, of true and false positives at each threshold, which become fewer. */
  private area(truePositives: readonly number[], falsePositives: readonly number[]): number {
    const { curve, summationMethod } = this.config;
    if (curve === 'PR' && summationMethod === 'interpolation') return interpolatedPrecisionRecall(truePositives, falsePositives);
    const positives = truePositives[0] as number;
    const negatives = falsePositives[0] as number;
    const recall = truePositives.map(count => ratio(count, positives));
    const x = curve === 'ROC' ? falsePositives.map(count => ratio(count, negatives)) : recall;
    const y = curve === 'ROC' ? recall : truePositives.map((count, i) => ratio(count, count + (falsePositives[i] as number)));
    let area = 0;
    for (let i = 0; i + 1 < x.length; i++) {
      const ends = [y[i] as number, y[i + 1] as number] as const;
      const height =
        summationMethod === 'interpolation' ? (ends[0] + ends[1]) / 2 : Math[summationMethod === 'minoring' ? 'min' : 'max'](...ends);
      area += ((x[i] as number) - (x[i + 1] as number)) * height;
    }
    return area;
  }
}

export const auc = (given: AUCOptions = {}): AUC => new AUC(given);

/** Of counts between thresholds, those above each. */
function above(counts: Float64Array): number[] {
  const sums = [...counts];
  for (let i = sums.length - 2; i >= 0; i--) sums[i] = (sums[i] as number) + (sums[i + 1] as number);
  return sums;
}

/**
 * The area under precision over recall. Between two thresholds precision is no straight line; true positives grow in a straight line
 * with what is predicted positive, which gives the logarithm (Davis and Goadrich 2006, https://doi.org/10.1145/1143844.1143874).
 */
function interpolatedPrecisionRecall(truePositives: readonly number[], falsePositives: readonly number[]): number {
  const positives = truePositives[0] as number;
  let area = 0;
  for (let i = 0; i + 1 < truePositives.length; i++) {
    const [more, fewer] = [truePositives[i] as number, truePositives[i + 1] as number];
    const [predictedMore, predictedFewer] = [more + (falsePositives[i] as number), fewer + (falsePositives[i + 1] as number)];
    const slope = ratio(more - fewer, Math.max(predictedMore - predictedFewer, 0));
    const intercept = fewer - slope * predictedFewer;
    const growth = predictedMore > 0 && predictedFewer > 0 ? predictedMore / predictedFewer : 1;
    area += ratio(slope * (more - fewer + intercept * scalarMath.log(growth)), positives);
  }
  return area;
}
