import { Configurable } from '@jogak/layers';
import { DataError, type Tensor, tidy } from '@jogak/ops';
import { fitTargets } from './targets.js';

/** What is wrong with a target: `{found: 'label 12', reason: 'is out of range: …'}`. */
export interface TargetError {
  readonly found: string;
  readonly reason: string;
}

/**
 * How wrong predictions are. A loss gives a value for each sample (and step); reducing them to one number, with sample weights and
 * masks, is {@link lossSum}'s work, the same for all.
 */
export abstract class Loss<Options extends object = object> extends Configurable<Options> {
  /**
   * @param yTrue targets, of the shape of the predictions or, where the loss takes class numbers, of that without the last axis
   * @param yPred predictions, `[batch, …, outputs]`
   * @returns a value for each sample and step, `[batch, …]`, differentiable in `yPred`
   * @throws {ShapeError} when targets and predictions do not fit
   */
  abstract call(yTrue: Tensor, yPred: Tensor): Tensor;

  /**
   * Which of the values count, true or false, of their shape; null when all do. A loss that leaves some targets out (`ignoreClass`)
   * says so here, since a mean divides by what counts.
   */
  computeMask(_yTrue: Tensor, _yPred: Tensor): Tensor | null {
    return null;
  }

  /**
   * Checks targets on the host before a batch changes a weight: class numbers in range, no NaN where none may be.
   *
   * @param values of all targets of the batch, row by row
   * @param outputs size of the predictions' last axis
   * @param batchSize number of rows
   * @throws {DataError} naming the first wrong value and its row
   */
  checkTargets(values: ArrayLike<number | bigint>, outputs: number, batchSize: number): void {
    for (let i = 0; i < values.length; i++) {
      const error = this.targetError(Number(values[i]), outputs);
      if (error === null) continue;
      throw new DataError(`${error.found} in row ${Math.floor((i * batchSize) / values.length)} ${error.reason}`);
    }
  }

  /** What is wrong with one target, or null. By default, that it is not finite. */
  protected targetError(value: number, _outputs: number): TargetError | null {
    return Number.isFinite(value) ? null : { found: `target ${value}`, reason: 'is not a finite number' };
  }
}

/** A loss whose targets have the shape of its predictions. Both are fitted and cast before {@link values} sees them. */
export abstract class FittedLoss<Options extends object = object> extends Loss<Options> {
  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return tidy(() => this.values(...fitTargets(yTrue, yPred, this.getClassName())));
  }

  /**
   * @param yTrue float32 `[batch, …, outputs]`
   * @param yPred float32, of the same shape
   * @returns `[batch, …]`
   */
  protected abstract values(yTrue: Tensor, yPred: Tensor): Tensor;
}

/** The error for a target that a loss cannot take below `min` or above `max`; null when it is between. */
export function outOfRange(value: number, min: number, max: number, range: string): TargetError | null {
  return value >= min && value <= max ? null : { found: `target ${value}`, reason: `must be ${range}` };
}
