import { decayTable, type ExponentialDecayOptions, periods } from './exponential-decay.js';
import { defineSchedule, type ScheduleFactory } from './schedule.js';

/** Options of {@link inverseTimeDecay}: those of `exponentialDecay`. */
export type InverseTimeDecayOptions = ExponentialDecayOptions;

/**
 * `initialLearningRate / (1 + decayRate · step / decaySteps)`, the quotient rounded down if `staircase`.
 *
 * @see https://keras.io/api/optimizers/learning_rate_schedules/inverse_time_decay/
 */
export const inverseTimeDecay: ScheduleFactory<InverseTimeDecayOptions> = defineSchedule<InverseTimeDecayOptions>({
  className: 'InverseTimeDecay',
  options: decayTable('InverseTimeDecay'),
  rate: (config, step) => config.initialLearningRate / (1 + config.decayRate * periods(config, step)),
});
