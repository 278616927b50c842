import { ConfigError, type Json } from '@jogak/ops';
import type { Logs } from '../engine/logs.js';
import type { Model } from '../engine/model.js';

/** What callbacks are told of a run before it begins. */
export interface TrainingParams {
  /** Number of the last epoch. */
  readonly epochs: number;
  /** Number of the first epoch, counted from 0. */
  readonly initialEpoch: number;
  /** Batches of an epoch; null when it is not known beforehand. */
  readonly steps: number | null;
  /** Samples of an epoch; null when it is not known beforehand. */
  readonly samples: number | null;
}

/**
 * Something that is told how training goes, and may change its course. Override what is wanted; every hook may be async.
 * Epochs and batches are counted from 0, as in Keras.
 *
 * @see https://keras.io/api/callbacks/base_callback/
 */
export abstract class Callback {
  private trained: Model | null = null;
  private told: TrainingParams | null = null;

  /** The model that is trained, or was last. @throws {ConfigError} before `fit` */
  get model(): Model {
    if (!this.trained) throw new ConfigError('a callback has a model once fit was called with it');
    return this.trained;
  }

  /** What is known of the run. @throws {ConfigError} before `fit` */
  get params(): TrainingParams {
    if (!this.told) throw new ConfigError('a callback has params once fit was called with it');
    return this.told;
  }

  /** Called by `fit` before anything else. */
  attach(model: Model, params: TrainingParams): void {
    this.trained = model;
    this.told = params;
  }

  onTrainBegin(): void | Promise<void> {}
  /** Called however training ends: after the last epoch, early, aborted, or by an error. */
  onTrainEnd(_logs: Logs): void | Promise<void> {}
  onEpochBegin(_epoch: number): void | Promise<void> {}
  /** @param logs the epoch's figures, validation included; what is added to it stands in the history */
  onEpochEnd(_epoch: number, _logs: Logs): void | Promise<void> {}
  /** Called after the `onEpochEnd` of all callbacks, the history's too: what a checkpoint taken here holds is complete. */
  onEpochDone(_epoch: number, _logs: Logs): void | Promise<void> {}
  onBatchBegin(_batch: number): void | Promise<void> {}
  /** @param logs figures of the epoch up to this batch, this one included */
  onBatchEnd(_batch: number, _logs: Logs): void | Promise<void> {}
  /**
   * Training has failed. Called before {@link onTrainEnd}.
   *
   * @returns true when that is no reason for `fit` to throw: it then gives the history of the epochs that were completed
   */
  onError(_error: unknown): boolean | Promise<boolean> {
    return false;
  }
  /** Validation begins, within an epoch. */
  onTestBegin(): void | Promise<void> {}
  onTestEnd(_logs: Logs): void | Promise<void> {}

  /** What the callback has learnt, for a checkpoint; null when there is nothing. */
  state(): Json {
    return null;
  }

  /** Goes on from a {@link state}. */
  restore(_state: Json): void {}
}

/** A callback as an object of functions: `{ onEpochEnd: (epoch, logs) => … }`. */
export type CallbackFunctions = Partial<
  Pick<
    Callback,
    | 'onTrainBegin'
    | 'onTrainEnd'
    | 'onEpochBegin'
    | 'onEpochEnd'
    | 'onEpochDone'
    | 'onBatchBegin'
    | 'onBatchEnd'
    | 'onError'
    | 'onTestBegin'
    | 'onTestEnd'
  >
>;
