import { Configurable } from '@jogak/layers';
import { ShapeError, type Tensor } from '@jogak/ops';

/** Whether a metric is better high or low, or neither. */
export type Direction = 'max' | 'min' | 'none';

/** Options that every metric has. */
export interface MetricOptions {
  /** The key in logs. @default the metric's own, in Keras' spelling: `accuracy`, `top_k_categorical_accuracy` */
  name?: string;
}

/**
 * What a model is judged by. A metric is a few sums over samples and a value of these sums, so that batches, workers and epochs can
 * be put together by adding: what is kept between batches is the sums, in double precision on the host.
 */
export abstract class Metric<Options extends MetricOptions = MetricOptions> extends Configurable<Options> {
  /** Whether high or low values are better. */
  abstract readonly direction: Direction;

  /** The sums so far; empty before the first batch. */
  protected totals: Float64Array = new Float64Array(0);

  /** The key in logs. */
  get name(): string {
    return (this.config as { readonly name: string }).name;
  }

  /**
   * The sums over one batch.
   *
   * @param yTrue targets, as the loss takes them
   * @param yPred predictions, `[batch, …, outputs]`
   * @param weights of samples, mask included, `[batch]` or of more axes; null when all count the same
   * @returns `[sums]`, float32
   * @throws {ShapeError} when targets, predictions and weights do not fit
   */
  abstract sums(yTrue: Tensor, yPred: Tensor, weights: Tensor | null): Tensor;

  /** The metric of the {@link totals}, which are not empty. A mean over nothing is 0. */
  protected abstract value(): number;

  /**
   * Adds the sums of a batch, or another's {@link state}.
   *
   * @throws {ShapeError} when they are of a model with another number of outputs than those added before
   */
  add(sums: ArrayLike<number>): void {
    if (this.totals.length === 0) this.totals = new Float64Array(sums.length);
    else if (sums.length !== this.totals.length) {
      throw new ShapeError(`the metric ${this.name} adds up ${this.totals.length} sums; got ${sums.length}: reset it before another model`);
    }
    for (let i = 0; i < sums.length; i++) this.totals[i] = (this.totals[i] as number) + (sums[i] as number);
  }

  /** The metric over everything that was added; 0 before anything was. */
  result(): number {
    return this.totals.length === 0 ? 0 : this.value();
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

/** `sum / count`, or 0 when nothing was counted. */
export function ratio(sum: number, count: number): number {
  return count === 0 ? 0 : sum / count;
}
