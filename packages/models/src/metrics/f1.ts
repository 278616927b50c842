import type { TableOf } from '@jogak/layers';
import {
  abs,
  ConfigError,
  cast,
  concat,
  greater,
  greaterEqual,
  logicalAnd,
  max,
  mul,
  options,
  sub,
  sum,
  type Tensor,
  tidy,
} from '@jogak/ops';
import { EPSILON } from '../losses/epsilon.js';
import { Metric, type MetricOptions } from './metric.js';
import { asRows } from './rows.js';

/** Options of {@link f1}. */
export interface F1Options extends MetricOptions {
  /**
   * How the classes' scores become one: `macro`, their mean; `weighted`, by how often each class is the target; `micro`, that of all
   * classes' counts together; null, none, see {@link F1Score.perClass}, and their mean in logs.
   * @default null
   */
  average?: 'micro' | 'macro' | 'weighted' | null;
  /** Outputs above it are predicted, above 0 up to 1; null: the highest of each row. @default null */
  threshold?: number | null;
}

/** `2 · precision · recall / (precision + recall)`, of each class. Targets are one-hot, or class numbers. */
export class F1Score extends Metric<F1Options> {
  static override readonly className = 'F1Score';
  static override readonly options: TableOf<F1Options> = {
    name: options.text('f1_score'),
    average: options.nullable(options.oneOf(['micro', 'macro', 'weighted'])),
    threshold: options.nullable(options.number(undefined, { above: 0, max: 1 })),
  };
  readonly direction = 'max';

  /** @throws {ConfigError} without a threshold on a single output, which would be its row's highest, whatever it is */
  override sums(yTrue: Tensor, yPred: Tensor, weights: Tensor | null): Tensor {
    return tidy(() => {
      const rows = asRows(yTrue, yPred, weights, this.name);
      const { threshold } = this.config;
      if (threshold === null && rows.outputs === 1) {
        throw new ConfigError(`${this.name}: a model of one output needs a threshold: f1({threshold: 0.5})`);
      }
      const predicted = cast(threshold === null ? highest(rows.predictions) : greater(rows.predictions, threshold), 'float32');
      const count = (part: Tensor): Tensor => sum(rows.weights ? mul(part, rows.weights) : part, 0);
      return concat([
        count(mul(predicted, rows.targets)),
        count(mul(predicted, sub(1, rows.targets))),
        count(mul(sub(1, predicted), rows.targets)),
      ]);
    });
  }

  /** The score of each class; empty before the first batch. */
  perClass(): number[] {
    return Array.from({ length: this.totals.length / 3 }, (_, index) => this.score(kind => this.totals[kind + index] as number));
  }

  protected override value(): number {
    const classes = this.totals.length / 3;
    const { average } = this.config;
    if (average === 'micro') return this.score(kind => this.totals.subarray(kind, kind + classes).reduce((total, n) => total + n, 0));
    const scores = this.perClass();
    if (average !== 'weighted') return scores.reduce((total, score) => total + score, 0) / classes;
    const targets = scores.map((_, index) => (this.totals[index] as number) + (this.totals[2 * classes + index] as number));
    const count = targets.reduce((total, n) => total + n, EPSILON);
    return scores.reduce((total, score, index) => total + (score * (targets[index] as number)) / count, 0);
  }

  /** The score of true positives, false positives and false negatives, which start at 0, `classes` and `2 · classes`. */
  private score(count: (start: number) => number): number {
    const classes = this.totals.length / 3;
    const truePositives = count(0);
    const precision = truePositives / (truePositives + count(classes) + EPSILON);
    const recall = truePositives / (truePositives + count(2 * classes) + EPSILON);
    return (2 * precision * recall) / (precision + recall + EPSILON);
  }
}

export const f1 = (given: F1Options = {}): F1Score => new F1Score(given);

/** Where an output is the highest of its row, and not 0. */
function highest(predictions: Tensor): Tensor {
  return logicalAnd(greaterEqual(predictions, max(predictions, -1, true)), greater(abs(predictions), 1e-9));
}
