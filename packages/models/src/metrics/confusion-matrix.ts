import type { TableOf } from '@jogak/layers';
import { add, argMax, bincount, cast, greater, mul, ones, options, slice, squeeze, type Tensor, type Tensor1D, tidy } from '@jogak/ops';
import { Metric, type MetricOptions, ratio } from './metric.js';
import { asRows } from './rows.js';

/** Options of {@link confusionMatrix}. */
export interface ConfusionMatrixOptions extends MetricOptions {
  /** With one output, predictions above it are class 1. @default 0.5 */
  threshold?: number;
}

/** How often each class was taken for which. In logs it stands as its accuracy; {@link ConfusionMatrix.matrix} gives the whole. */
export class ConfusionMatrix extends Metric<ConfusionMatrixOptions> {
  static override readonly className = 'ConfusionMatrix';
  static override readonly options: TableOf<ConfusionMatrixOptions> = {
    name: options.text('confusion_matrix'),
    threshold: options.number(0.5),
  };
  readonly direction = 'max';

  override sums(yTrue: Tensor, yPred: Tensor, weights: Tensor | null): Tensor {
    return tidy(() => {
      const rows = asRows(yTrue, yPred, weights, this.name);
      const classes = Math.max(2, rows.outputs);
      const classOf = (values: Tensor): Tensor =>
        rows.outputs === 1 ? squeeze(cast(greater(values, this.config.threshold), 'int32'), [1]) : argMax(values, -1);
      const cell = add(mul(classOf(rows.targets), classes), classOf(rows.predictions));
      const weight = rows.weights ? squeeze(slice(rows.weights, [0, 0], [-1, 1]), [1]) : ones(cell.shape);
      return bincount(cast(cell, 'int32') as Tensor1D, weight as Tensor1D, classes * classes);
    });
  }

  /** Rows are the classes that the targets say, columns those that were predicted; empty before the first batch. */
  matrix(): number[][] {
    const classes = Math.sqrt(this.totals.length);
    return Array.from({ length: classes }, (_, row) => [...this.totals.subarray(row * classes, (row + 1) * classes)]);
  }

  protected override value(): number {
    const sums = this.totals;
    const classes = Math.sqrt(sums.length);
    let right = 0;
    for (let i = 0; i < sums.length; i += classes + 1) right += sums[i] as number;
    return ratio(
      right,
      sums.reduce((total, n) => total + n, 0),
    );
  }
}

export const confusionMatrix = (given: ConfusionMatrixOptions = {}): ConfusionMatrix => new ConfusionMatrix(given);
