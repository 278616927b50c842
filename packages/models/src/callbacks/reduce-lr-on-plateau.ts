import { type OptionTable, options } from '@jogak/ops';
import type { Logs } from '../engine/logs.js';
import { Monitor, type MonitorOptions, monitorOptions } from './monitor.js';
import { RememberingCallback } from './remembering-callback.js';

/** Options of {@link reduceLROnPlateau}. */
export interface ReduceLROnPlateauOptions extends MonitorOptions {
  /** What the learning rate is multiplied by, more than 0 and less than 1. @default 0.1 */
  factor?: number;
  /** Epochs without progress after which it is. @default 10 */
  patience?: number;
  /** A change of the figure counts when it is larger than this. @default 1e-4 */
  minDelta?: number;
  /** Epochs after a reduction that are not counted. @default 0 */
  cooldown?: number;
  /** The learning rate becomes no smaller than this. @default 0 */
  minLr?: number;
}

const table: OptionTable<Required<ReduceLROnPlateauOptions>> = {
  ...monitorOptions,
  factor: options.number(0.1, { above: 0, below: 1 }),
  patience: options.integer(10, { min: 0 }),
  minDelta: options.number(1e-4, { min: 0 }),
  cooldown: options.integer(0, { min: 0 }),
  minLr: options.number(0, { min: 0 }),
};

type Memory = {
  best: number | null;
  /** Epochs since the last progress. */
  wait: number;
  /** Epochs of the cool-down that are left. */
  cooldown: number;
};

/**
 * Lowers the learning rate when a figure stops getting better. The logs get `learning_rate`, that of the epoch.
 *
 * @throws {ConfigError} when the figure is not in the logs, it is not known whether high or low is better, or a schedule tells the
 *   learning rate
 * @see https://keras.io/api/callbacks/reduce_lr_on_plateau/
 */
export class ReduceLROnPlateau extends RememberingCallback<Memory> {
  private readonly config: Required<ReduceLROnPlateauOptions>;
  private readonly monitor: Monitor;

  constructor(given: ReduceLROnPlateauOptions = {}) {
    super();
    this.config = options.parseOptions(table, given, 'reduceLROnPlateau');
    const { monitor, mode, minDelta } = this.config;
    this.monitor = new Monitor('reduceLROnPlateau', monitor, mode, minDelta);
  }

  protected override blank(): Memory {
    return { best: null, wait: 0, cooldown: 0 };
  }

  override onEpochEnd(epoch: number, logs: Logs): void {
    const { memory, model } = this;
    const value = this.monitor.read(logs);
    logs.learning_rate = model.optimizer.learningRate;
    if (memory.cooldown > 0) {
      memory.cooldown--;
      memory.wait = 0;
    }
    if (this.monitor.isBetter(model, value, memory.best)) {
      memory.best = value;
      memory.wait = 0;
    } else if (memory.cooldown === 0) {
      memory.wait++;
      if (memory.wait >= this.config.patience) this.reduce(epoch);
    }
  }

  private reduce(epoch: number): void {
    const { factor, minLr, cooldown, verbose } = this.config;
    const { optimizer } = this.model;
    const rate = optimizer.learningRate;
    if (rate <= minLr) return;
    optimizer.learningRate = Math.max(rate * factor, minLr);
    this.memory.cooldown = cooldown;
    this.memory.wait = 0;
    if (verbose) console.log(`Epoch ${epoch + 1}: ReduceLROnPlateau reducing learning rate to ${optimizer.learningRate}.`);
  }
}

/** A {@link ReduceLROnPlateau}. */
export const reduceLROnPlateau = (given: ReduceLROnPlateauOptions = {}): ReduceLROnPlateau => new ReduceLROnPlateau(given);
