import { concat, reshape, scalar, type Tensor, type Tensor1D, tidy } from '@jogak/ops';
import type { BatchLoss, Compiled } from './compiled.js';
import { type Logs, RunningMean } from './logs.js';

/** Keeps the figures of an epoch, batch by batch. */
export class Trackers {
  private readonly loss = new RunningMean();
  private readonly outputLosses: readonly RunningMean[];

  constructor(private readonly compiled: Compiled) {
    this.outputLosses = compiled.losses.length > 1 ? compiled.losses.map(() => new RunningMean()) : [];
  }

  /** A batch's figures in one tensor, so that they are read back at once: loss, each output's where they are several, metrics' sums. */
  static pack(loss: BatchLoss, metricSums: readonly Tensor[]): Tensor1D {
    return tidy(() => {
      const several = loss.outputs.length > 1 ? loss.outputs : [];
      const parts = [
        loss.total,
        ...several.flatMap(({ sum, count }) => [sum, typeof count === 'number' ? scalar(count) : count]),
        ...metricSums,
      ];
      return concat(parts.map(part => (part.rank === 1 ? part : reshape(part, [-1])) as Tensor1D));
    });
  }

  /** Adds the figures of a batch of `samples` samples, as {@link pack} lays them out. */
  add(figures: ArrayLike<number>, metricSizes: readonly number[], samples: number): void {
    let next = 0;
    const read = (): number => figures[next++] as number;
    this.loss.add(read(), samples);
    for (const mean of this.outputLosses) {
      const sum = read();
      const count = read();
      mean.add(count === 0 ? 0 : sum / count, count);
    }
    for (const [index, size] of metricSizes.entries()) {
      this.compiled.metrics[index]?.metric.add(Array.from({ length: size }, read));
    }
  }

  /** The figures so far, in Keras' order. */
  logs(): Logs {
    const logs: Logs = { loss: this.loss.result() };
    for (const [index, mean] of this.outputLosses.entries()) logs[this.compiled.lossKey(index)] = mean.result();
    for (const { key, metric } of this.compiled.metrics) logs[key] = metric.result();
    return logs;
  }

  /** Begins a new epoch. */
  reset(): void {
    this.loss.reset();
    for (const mean of this.outputLosses) mean.reset();
    for (const { metric } of this.compiled.metrics) metric.reset();
  }
}
