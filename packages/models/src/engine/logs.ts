/** Figures by name, in Keras' spelling: `loss`, `accuracy`, `val_loss`. */
export interface Logs {
  [key: string]: number;
}

/** A mean over samples, put together batch by batch; 0 when nothing was counted. */
export class RunningMean {
  private total = 0;
  private count = 0;

  /** Adds `value`, the mean over `count` samples. */
  add(value: number, count: number): void {
    this.total += value * count;
    this.count += count;
  }

  result(): number {
    return this.count === 0 ? 0 : this.total / this.count;
  }

  reset(): void {
    this.total = 0;
    this.count = 0;
  }
}
