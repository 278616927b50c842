import { type Option, type OptionTable, options } from '@jogak/ops';
import type { Logs } from '../engine/logs.js';
import { formatFilePath } from './file-path.js';
import { Monitor, type MonitorOptions, monitorOptions } from './monitor.js';
import { RememberingCallback } from './remembering-callback.js';

/** Options of {@link modelCheckpoint}. */
export interface ModelCheckpointOptions extends MonitorOptions {
  /** Where to save, as `model.save` takes it; figures may stand in it as in Python: `'runs/{epoch:02d}-{val_loss:.2f}'`. Epochs count from 1. */
  filepath: string;
  /** Whether to save only when the monitored figure is the best so far. @default false */
  saveBestOnly?: boolean;
  /** Whether to save the weights alone, for `model.loadWeights`, instead of model and optimizer. @default false */
  saveWeightsOnly?: boolean;
  /** After what to save: every epoch, or so many batches. @default 'epoch' */
  saveFreq?: 'epoch' | number;
  /** What the figure has to be better than for the first file. @default null: anything is */
  initialValueThreshold?: number | null;
}

const saveFreq: Option<'epoch' | number> = {
  required: false,
  default: 'epoch',
  parse: value => {
    if (value === 'epoch' || (typeof value === 'number' && Number.isInteger(value) && value >= 1)) return value;
    throw new options.Expected('"epoch", or a number of batches');
  },
  serialize: value => value,
};

const table: OptionTable<Required<ModelCheckpointOptions>> = {
  ...monitorOptions,
  filepath: options.required(options.text()),
  saveBestOnly: options.boolean(false),
  saveWeightsOnly: options.boolean(false),
  saveFreq,
  initialValueThreshold: options.nullable(options.number()),
};

type Memory = {
  best: number | null;
  /** Batches since the last file. */
  batches: number;
};

/**
 * Saves the model, or its weights, as training goes.
 *
 * @throws {ConfigError} when the monitored figure, or one in `filepath`, is not in the logs
 * @see https://keras.io/api/callbacks/model_checkpoint/
 */
export class ModelCheckpoint extends RememberingCallback<Memory> {
  private readonly config: Required<ModelCheckpointOptions>;
  private readonly monitor: Monitor;
  private epoch = 0;

  constructor(given: ModelCheckpointOptions) {
    super();
    this.config = options.parseOptions(table, given, 'modelCheckpoint');
    this.monitor = new Monitor('modelCheckpoint', this.config.monitor, this.config.mode);
  }

  protected override blank(): Memory {
    return { best: this.config.initialValueThreshold ?? null, batches: 0 };
  }

  override onEpochBegin(epoch: number): void {
    this.epoch = epoch;
  }

  override async onBatchEnd(batch: number, logs: Logs): Promise<void> {
    if (this.config.saveFreq === 'epoch') return;
    this.memory.batches++;
    if (this.memory.batches < this.config.saveFreq) return;
    this.memory.batches = 0;
    await this.save({ epoch: this.epoch + 1, batch: batch + 1, ...logs }, logs);
  }

  override async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    if (this.config.saveFreq === 'epoch') await this.save({ epoch: epoch + 1, ...logs }, logs);
  }

  private async save(figures: Record<string, number>, logs: Logs): Promise<void> {
    const { filepath, saveWeightsOnly } = this.config;
    const path = formatFilePath(filepath, figures, 'modelCheckpoint');
    if (!this.isDue(path, logs)) return;
    await (saveWeightsOnly ? this.model.saveWeights(path) : this.model.save(path, { includeOptimizer: true }));
  }

  private isDue(path: string, logs: Logs): boolean {
    const { saveBestOnly, monitor } = this.config;
    const say = (text: string): void => {
      if (this.config.verbose) console.log(`Epoch ${this.epoch + 1}: ${text}`);
    };
    if (!saveBestOnly) {
      say(`saving model to ${path}`);
      return true;
    }
    const value = this.monitor.read(logs);
    const { best } = this.memory;
    const before = best === null ? 'None' : best.toFixed(5);
    if (!this.monitor.isBetter(this.model, value, best)) {
      say(`${monitor} did not improve from ${before}`);
      return false;
    }
    say(`${monitor} improved from ${before} to ${value.toFixed(5)}, saving model to ${path}`);
    this.memory.best = value;
    return true;
  }
}

/** A {@link ModelCheckpoint}. */
export const modelCheckpoint = (given: ModelCheckpointOptions): ModelCheckpoint => new ModelCheckpoint(given);
