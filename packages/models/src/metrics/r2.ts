import type { TableOf } from '@jogak/layers';
import { concat, mul, onesLike, options, square, sub, sum, type Tensor, tensor1d, tidy } from '@jogak/ops';
import { fitTargets } from '../losses/targets.js';
import { Metric, type MetricOptions, ratio } from './metric.js';
import { asRows } from './rows.js';

/** Options of {@link r2}. */
export interface R2Options extends MetricOptions {
  /**
   * How the outputs' scores become one: their mean, that mean weighted by the targets' variance, or null, none, see
   * {@link R2Score.perOutput}, and their mean in logs.
   * @default 'uniformAverage'
   */
  classAggregation?: 'uniformAverage' | 'varianceWeightedAverage' | null;
  /** Number of independent regressors, for the adjusted score; 0 gives the plain one. @default 0 */
  numRegressors?: number;
}

/**
 * The part of the targets' variance that the predictions explain: `1 − Σ(yTrue − yPred)² / Σ(yTrue − mean)²`, of each output. Targets that
 * never vary score 1 when predicted exactly, else 0.
 *
 * The variance comes from sums of targets and of their squares, so that batches add up; targets far from 0, compared to their spread, are better
 * centred first.
 */
export class R2Score extends Metric<R2Options> {
  static override readonly className = 'R2Score';
  static override readonly options: TableOf<R2Options> = {
    name: options.text('r2_score'),
    classAggregation: options.nullable(options.oneOf(['uniformAverage', 'varianceWeightedAverage'], 'uniformAverage')),
    numRegressors: options.integer(0, { min: 0 }),
  };
  readonly direction = 'max';

  override sums(yTrue: Tensor, yPred: Tensor, weights: Tensor | null): Tensor {
    return tidy(() => {
      const rows = asRows(...fitTargets(yTrue, yPred, this.name), weights, this.name);
      const weight = rows.weights ?? onesLike(rows.targets);
      const total = (values: Tensor): Tensor => sum(mul(values, weight), 0);
      return concat([
        total(rows.targets),
        total(square(rows.targets)),
        total(square(sub(rows.targets, rows.predictions))),
        sum(weight, 0),
        tensor1d([rows.targets.size]),
      ]);
    });
  }

  /** The score of each output; empty before the first batch. */
  perOutput(): number[] {
    return this.parts().map(({ residual, variation }) => {
      if (variation === 0) return residual === 0 ? 1 : 0;
      return 1 - residual / variation;
    });
  }

  protected override value(): number {
    const scores = this.perOutput();
    const weights = this.parts().map(({ variation }) => (this.config.classAggregation === 'varianceWeightedAverage' ? variation : 1));
    const score = ratio(
      scores.reduce((all, value, index) => all + value * (weights[index] as number), 0),
      weights.reduce((all, weight) => all + weight, 0),
    );
    // As Keras, which counts every output of a sample, and where there are too few for an adjustment leaves the score as it is.
    const samples = this.totals.at(-1) as number;
    const regressors = this.config.numRegressors;
    if (regressors === 0 || regressors >= samples - 1) return score;
    return 1 - ((1 - score) * (samples - 1)) / (samples - regressors - 1);
  }

  private parts(): { residual: number; variation: number }[] {
    const outputs = (this.totals.length - 1) / 4;
    return Array.from({ length: Math.max(0, outputs) }, (_, output) => {
      const part = (kind: number): number => this.totals[kind * outputs + output] as number;
      return { residual: part(2), variation: part(1) - ratio(part(0) * part(0), part(3)) };
    });
  }
}

export const r2 = (given: R2Options = {}): R2Score => new R2Score(given);
