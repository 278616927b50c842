import { DataError, isJogakError } from '@jogak/ops';
import type { Logs } from '../engine/logs.js';
import { Callback } from './callback.js';

/**
 * Ends training when the loss is NaN or infinite, instead of letting `fit` throw. The weights are as they were before that batch, and
 * the history has the epochs that were completed; what was wrong, and in which layer it began, is said on the console and in
 * {@link TerminateOnNaN.reason}.
 *
 * @see https://keras.io/api/callbacks/terminate_on_nan/
 */
export class TerminateOnNaN extends Callback {
  private why: string | null = null;

  /** Why training was ended; null when it was not. */
  get reason(): string | null {
    return this.why;
  }

  override onTrainBegin(): void {
    this.why = null;
  }

  override onBatchEnd(batch: number, logs: Logs): void {
    // The engine's own step has thrown by now; a step of one's own may not.
    if (!Number.isFinite(logs.loss ?? 0)) throw new DataError(`the loss is ${logs.loss} after batch ${batch + 1}`, { code: 'numeric' });
  }

  override onError(error: unknown): boolean {
    if (!isJogakError(error, 'numeric')) return false;
    this.why = error.message;
    console.warn(`Training ended: ${error.message}`);
    return true;
  }
}

/** A {@link TerminateOnNaN}. */
export const terminateOnNaN = (): TerminateOnNaN => new TerminateOnNaN();
