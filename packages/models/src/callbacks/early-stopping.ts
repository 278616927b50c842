import { type HostArray, type Json, type OptionTable, options } from '@jogak/ops';
import type { Logs } from '../engine/logs.js';
import { Monitor, type MonitorOptions, monitorOptions } from './monitor.js';
import { packArrays, unpackArrays } from './packed-arrays.js';
import { RememberingCallback } from './remembering-callback.js';

/** Options of {@link earlyStopping}. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** A change of the figure counts when it is larger than this. @default 0 */
  minDelta?: number;
  /** Epochs without progress after which training ends. @default 0 */
  patience?: number;
  /** Only progress beyond this value resets the patience. @default null: any does */
  baseline?: number | null;
  /** Whether the model has the weights of the best epoch in the end, however training ends. @default false */
  restoreBestWeights?: boolean;
  /** Epochs at the beginning that are not looked at. @default 0 */
  startFromEpoch?: number;
}

const table: OptionTable<Required<EarlyStoppingOptions>> = {
  ...monitorOptions,
  minDelta: options.number(0, { min: 0 }),
  patience: options.integer(0, { min: 0 }),
  baseline: options.nullable(options.number()),
  restoreBestWeights: options.boolean(false),
  startFromEpoch: options.integer(0, { min: 0 }),
};

type Memory = {
  /** Epochs since the last progress. */
  wait: number;
  best: number | null;
  bestEpoch: number | null;
  /** The epoch after which training was ended. */
  stoppedEpoch: number | null;
};

/**
 * Ends training when a figure stops getting better.
 *
 * The best weights are restored also when training ends by another cause: after the last epoch (where Keras before 2.13 did not),
 * by another callback, aborted, or by an error.
 *
 * @throws {ConfigError} when the figure is not in the logs, or it is not known whether high or low is better
 * @see https://keras.io/api/callbacks/early_stopping/
 */
export class EarlyStopping extends RememberingCallback<Memory> {
  private readonly config: Required<EarlyStoppingOptions>;
  private readonly monitor: Monitor;
  private bestWeights: HostArray[] | null = null;

  constructor(given: EarlyStoppingOptions = {}) {
    super();
    this.config = options.parseOptions(table, given, 'earlyStopping');
    const { monitor, mode, minDelta } = this.config;
    this.monitor = new Monitor('earlyStopping', monitor, mode, minDelta);
  }

  protected override blank(): Memory {
    return { wait: 0, best: null, bestEpoch: null, stoppedEpoch: null };
  }

  /** The epoch after which it ended training, counted from 0; null when it did not. */
  get stoppedEpoch(): number | null {
    return this.memory.stoppedEpoch;
  }

  /** The best epoch, counted from 0; null before the first. */
  get bestEpoch(): number | null {
    return this.memory.bestEpoch;
  }

  override onTrainBegin(): void {
    super.onTrainBegin();
    if (this.memory.bestEpoch === null) this.bestWeights = null;
    if (this.memory.stoppedEpoch !== null) this.model.stopTraining = true;
  }

  override onEpochEnd(epoch: number, logs: Logs): void {
    const { patience, baseline, restoreBestWeights, startFromEpoch } = this.config;
    const value = this.monitor.read(logs);
    if (epoch < startFromEpoch) return;
    const { memory, model } = this;
    memory.wait++;
    const better = this.monitor.isBetter(model, value, memory.best);
    if (better) {
      memory.best = value;
      if (baseline === null || this.monitor.isBetter(model, value, baseline)) memory.wait = 0;
    }
    if (better || memory.bestEpoch === null) {
      memory.bestEpoch = epoch;
      if (restoreBestWeights) this.bestWeights = model.weights.map(weight => weight.read());
    }
    if (!better && memory.wait >= patience && epoch > 0) {
      memory.stoppedEpoch = epoch;
      model.stopTraining = true;
    }
  }

  override onTrainEnd(_logs: Logs): void {
    const { stoppedEpoch, bestEpoch } = this.memory;
    const say = (text: string): void => {
      if (this.config.verbose) console.log(text);
    };
    if (stoppedEpoch !== null) say(`Epoch ${stoppedEpoch + 1}: early stopping`);
    if (!this.bestWeights || bestEpoch === null) return;
    say(`Restoring model weights from the end of the best epoch: ${bestEpoch + 1}.`);
    this.model.setWeights(this.bestWeights);
  }

  override state(): Json {
    return { ...(super.state() as Memory), bestWeights: this.bestWeights && packArrays(this.bestWeights) };
  }

  override restore(state: Json): void {
    const { bestWeights, ...memory } = state as Memory & { bestWeights: Json };
    super.restore(memory);
    this.bestWeights = bestWeights === null ? null : unpackArrays(bestWeights);
  }
}

/** An {@link EarlyStopping}. */
export const earlyStopping = (given: EarlyStoppingOptions = {}): EarlyStopping => new EarlyStopping(given);
