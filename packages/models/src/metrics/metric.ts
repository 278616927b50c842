import { Configurable } from '@jogak/layers';
import type { Tensor } from '@jogak/ops';

/** Whether a metric is better high or low, or neither. */
export type Direction = 'max' | 'min' | 'none';

/** Options that every metric has. */
export interface MetricOptions {
  /** The key in logs. @default the metric's own: `accuracy`, `top_k_categorical_accuracy` */
  name?: string;
}

/**
 * What a model is judged by. A metric is a few sums over samples and a value of these sums, so that batches, workers and epochs can
 * be put together by adding: what is kept between batches is the sums, in double precision on the host.
 */
export abstract class Metric<Options extends MetricOptions = MetricOptions> extends Configurable<Options> {
  /** Whether high or low values are better. */
  abstract readonly direction: Direction;
  /** The key in logs, in Keras' spelling. */
  abstract readonly name: string;

  /** The sums so far; empty before the first batch. */
  private totals = new Float64Array(0);

  /**
   * The sums over one batch.
   *
   * @param yTrue targets, as the loss takes them
   * @param yPred predictions, `[batch, …, outputs]`
   * @param weights of samples, mask included, `[batch]` or of more axes; null when all count the same
   * @returns `[sums]`, float32
   */
  abstract sums(yTrue: Tensor, yPred: Tensor, weights: Tensor | null): Tensor;

  /** The metric of these sums. A mean over nothing is 0. */
  protected abstract value(sums: Float64Array): number;

  /** Adds the sums of a batch. */
  add(sums: ArrayLike<number>): void {
    if (this.totals.length !== sums.length) this.totals = new Float64Array(sums.length);
    for (let i = 0; i < sums.length; i++) this.totals[i] = (this.totals[i] as number) + (sums[i] as number);
  }

  /** The metric over everything that was added; 0 before anything was. */
  result(): number {
    return this.totals.length === 0 ? 0 : this.value(this.totals);
  }

  /** Forgets what was added. */
  reset(): void {
    this.totals = new Float64Array(0);
  }

  /** What was added, to go on from or to merge by {@link add}. */
  state(): number[] {
    return [...this.totals];
  }

  /** Goes on from a {@link state}. */
  restore(state: readonly number[]): void {
    this.totals = Float64Array.from(state);
  }
}

/** `sums[0] / sums[1]`, or 0 when nothing was counted. */
export function ratio(sum: number, count: number): number {
  return count === 0 ? 0 : sum / count;
}
