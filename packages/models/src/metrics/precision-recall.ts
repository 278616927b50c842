import type { TableOf } from '@jogak/layers';
import {
  add,
  cast,
  concat,
  fill,
  greater,
  matMul,
  mul,
  notEqual,
  type Option,
  oneHot,
  options,
  reshape,
  ShapeError,
  slice,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tensor,
  tidy,
  topk,
  where,
} from '@jogak/ops';
import { Metric, type MetricOptions, ratio } from './metric.js';
import { asRows, type Rows } from './rows.js';

/** Options of {@link precision} and {@link recall}. */
export interface PrecisionRecallOptions extends MetricOptions {
  /** Predictions above it are positive, from 0 to 1; or several. @default 0.5; where `topK` is given, none */
  thresholds?: number | readonly number[];
  /** Count, of a sample's classes, only the most likely ones as positive. @default null */
  topK?: number | null;
  /** The one class to judge. @default null, all */
  classId?: number | null;
}

/** A threshold or a list of them; an empty list is the default. */
const thresholds: Option<readonly number[]> = (() => {
  const list = options.listOf(options.number(undefined, { min: 0, max: 1 }), [], 'a threshold from 0 to 1, or a list of them');
  return { ...list, parse: (value: unknown) => list.parse(typeof value === 'number' ? [value] : value) };
})();

const table = (name: string): TableOf<PrecisionRecallOptions> => ({
  name: options.text(name),
  thresholds,
  topK: options.nullable(options.positiveInteger()),
  classId: options.nullable(options.integer(undefined, { min: 0 })),
});

/** What precision and recall share: true positives at each threshold, and what they are divided by. */
abstract class ThresholdMetric extends Metric<PrecisionRecallOptions> {
  readonly direction = 'max';

  private get thresholds(): readonly number[] {
    const { thresholds, topK } = this.config;
    if (thresholds.length > 0) return thresholds;
    return [topK === null ? 0.5 : Number.NEGATIVE_INFINITY];
  }

  /** The metric at each threshold. */
  perThreshold(): number[] {
    return this.thresholds.map((_, index) => ratio(this.totals[index] ?? 0, this.totals[this.thresholds.length + index] ?? 0));
  }

  /** That of the threshold; the mean where there are several. */
  protected override value(): number {
    const values = this.perThreshold();
    return values.reduce((total, value) => total + value, 0) / values.length;
  }

  override sums(yTrue: Tensor, yPred: Tensor, weights: Tensor | null): Tensor {
    return tidy(() => {
      const rows = this.select(asRows(yTrue, yPred, weights, this.name));
      const labels = cast(notEqual(reshape(rows.targets, [1, -1]), 0), 'float32');
      const weighted = (kept: Tensor): Tensor => (rows.weights ? mul(kept, reshape(rows.weights, [1, -1])) : kept);
      const positive = weighted(labels);
      const limits = tensor([...this.thresholds], [this.thresholds.length, 1], 'float32');
      const above = cast(greater(reshape(rows.predictions, [1, -1]), limits), 'float32');
      const count = (kept: Tensor): Tensor => reshape(matMul(above as Tensor2D, kept as Tensor2D, false, true), [-1]);
      const truePositives = count(positive);
      return concat([truePositives, this.divisors(truePositives, () => count(weighted(sub(1, labels))), sum(positive))]);
    });
  }

  /** By what true positives are divided at each threshold, `[thresholds]`. */
  protected abstract divisors(truePositives: Tensor, falsePositives: () => Tensor, positives: Tensor): Tensor;

  private select(rows: Rows): Rows {
    const { topK, classId } = this.config;
    const { outputs } = rows;
    const predictions = topK === null ? rows.predictions : onlyTopK(rows.predictions, this.checked('topK', topK, outputs, outputs));
    if (classId === null) return { ...rows, predictions };
    this.checked('classId', classId, outputs - 1, outputs);
    const column = (part: Tensor): Tensor => slice(part, [0, classId], [-1, 1]);
    return {
      targets: column(rows.targets),
      predictions: column(predictions),
      weights: rows.weights && column(rows.weights),
      outputs: 1,
    };
  }

  private checked(option: string, value: number, most: number, outputs: number): number {
    if (value <= most) return value;
    throw new ShapeError(`${this.name}: ${option} is ${value}, but the model has ${outputs} outputs`);
  }
}

/** Of what is predicted positive, the part that is: `true positives / (true + false positives)`. */
export class Precision extends ThresholdMetric {
  static override readonly className = 'Precision';
  static override readonly options: TableOf<PrecisionRecallOptions> = table('precision');

  protected override divisors(truePositives: Tensor, falsePositives: () => Tensor): Tensor {
    return add(truePositives, falsePositives());
  }
}

/** Of what is positive, the part that is predicted so: `true positives / (true positives + false negatives)`. */
export class Recall extends ThresholdMetric {
  static override readonly className = 'Recall';
  static override readonly options: TableOf<PrecisionRecallOptions> = table('recall');

  protected override divisors(truePositives: Tensor, _falsePositives: () => Tensor, positives: Tensor): Tensor {
    return mul(positives, fill(truePositives.shape, 1));
  }
}

export const precision = (given: PrecisionRecallOptions = {}): Precision => new Precision(given);
export const recall = (given: PrecisionRecallOptions = {}): Recall => new Recall(given);

/** Scores with all but the `k` highest of each row put below every threshold. */
function onlyTopK(scores: Tensor, k: number): Tensor {
  const best = sum(oneHot(topk(scores, k).indices, scores.shape.at(-1) as number), -2);
  return where(greater(best, 0), scores, fill(scores.shape, Number.NEGATIVE_INFINITY));
}
