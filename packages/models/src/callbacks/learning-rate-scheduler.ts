import { ConfigError, type Option, type OptionTable, options } from '@jogak/ops';
import type { Logs } from '../engine/logs.js';
import { Callback } from './callback.js';
import { verboseOption } from './monitor.js';

/** The learning rate of an epoch, counted from 0; `learningRate` is that of the epoch before. */
export type LearningRateFunction = (epoch: number, learningRate: number) => number;

/** Options of {@link learningRateScheduler}. */
export interface LearningRateSchedulerOptions {
  /** Called when an epoch begins. */
  schedule: LearningRateFunction;
  /** Whether to say the learning rate of every epoch, 0 or 1. @default 0 */
  verbose?: 0 | 1;
}

const scheduleOption: Option<LearningRateFunction> = {
  required: true,
  parse: value => {
    if (typeof value !== 'function') throw new options.Expected('a function of the epoch and the learning rate');
    return value as LearningRateFunction;
  },
  serialize: () => null,
};

const table: OptionTable<Required<LearningRateSchedulerOptions>> = { schedule: scheduleOption, verbose: verboseOption };

/**
 * Sets the learning rate of every epoch. The logs get it as `learning_rate`.
 *
 * @throws {ConfigError} when the function does not give a number of 0 or more, or a schedule of the optimizer's tells the learning rate
 * @see https://keras.io/api/callbacks/learning_rate_scheduler/
 */
export class LearningRateScheduler extends Callback {
  private readonly config: Required<LearningRateSchedulerOptions>;

  constructor(given: LearningRateSchedulerOptions) {
    super();
    this.config = options.parseOptions(table, given, 'learningRateScheduler');
  }

  override onEpochBegin(epoch: number): void {
    const { schedule, verbose } = this.config;
    const { optimizer } = this.model;
    const rate = schedule(epoch, optimizer.learningRate);
    if (typeof rate !== 'number' || !(rate >= 0 && rate < Number.POSITIVE_INFINITY)) {
      throw new ConfigError(`learningRateScheduler: schedule must give a number, 0 or more; got ${options.show(rate)} for epoch ${epoch}`);
    }
    optimizer.learningRate = rate;
    if (verbose) console.log(`Epoch ${epoch + 1}: LearningRateScheduler setting learning rate to ${rate}.`);
  }

  override onEpochEnd(_epoch: number, logs: Logs): void {
    logs.learning_rate = this.model.optimizer.learningRate;
  }
}

/** A {@link LearningRateScheduler}. */
export const learningRateScheduler = (given: LearningRateSchedulerOptions): LearningRateScheduler => new LearningRateScheduler(given);
