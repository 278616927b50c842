import { type Batch, DataError, type HostArray, type Tensor, tidy, toTensor, type Variable } from '@jogak/ops';
import type { Logs } from '../engine/logs.js';
import { Sequential, type SequentialOptions } from '../engine/sequential.js';
import { release } from '../engine/training-step.js';

/** What a hand-written network offers to a model that trains with it. */
export interface StepsByHand {
  /** In the order of the model's. */
  readonly weights: readonly Variable[];
  training(x: Tensor, y: Tensor): number;
}

/**
 * A sequential model whose weights a hand-written network moves: its own trainer, callbacks, checkpoints and files serve the network
 * too. It is saved as the sequential that it is.
 */
export class ByHand extends Sequential {
  constructor(
    private readonly network: StepsByHand,
    options: SequentialOptions,
  ) {
    super(options);
  }

  override async trainStep(batch: Batch): Promise<Logs> {
    const figures = this.computeFigures(batch);
    try {
      const values = await figures.figures.data();
      if (!Number.isFinite(values[0]))
        throw new DataError(`the loss is ${values[0]}: try a lower learning rate, or scaling the inputs to 0 … 1`, { code: 'numeric' });
      this.tracked.add(values, figures.metricSizes, figures.samples);
    } finally {
      release(figures);
    }
    // Both ways the buffers are shared, not copied. The model's are the ones that count: a checkpoint may have replaced them.
    for (const [index, weight] of this.weights.entries()) this.network.weights[index]?.assign(weight.value);
    tidy(() => void this.network.training(toTensor(batch.x as HostArray), toTensor(batch.y as HostArray)));
    for (const [index, weight] of this.weights.entries()) weight.assign(this.network.weights[index] as Variable);
    this.optimizer.iterations++;
    return this.tracked.logs();
  }
}
