import { options } from '@jogak/ops';
import { defineSchedule, type ScheduleFactory, type ScheduleOptions } from './schedule.js';

/** Options of {@link exponentialDecay} and {@link inverseTimeDecay}. */
export interface DecayOptions extends ScheduleOptions {
  initialLearningRate: number;
  /** Steps in which `decayRate` is applied once. */
  decaySteps: number;
  decayRate: number;
  /** Whether to decay all at once every `decaySteps` steps. @default false */
  staircase?: boolean;
}

const table = (name: string) => ({
  initialLearningRate: options.required(options.number(undefined, { min: 0 })),
  decaySteps: options.required(options.number(undefined, { above: 0 })),
  decayRate: options.required(options.number(undefined, { min: 0 })),
  staircase: options.boolean(false),
  name: options.text(name),
});

const periods = ({ decaySteps, staircase }: Required<DecayOptions>, step: number) =>
  staircase ? Math.floor(step / decaySteps) : step / decaySteps;

/**
 * `initialLearningRate · decayRate ^ (step / decaySteps)`, the exponent rounded down if `staircase`.
 *
 * @see https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/
 */
export const exponentialDecay: ScheduleFactory<DecayOptions> = defineSchedule<DecayOptions>({
  className: 'ExponentialDecay',
  options: table('ExponentialDecay'),
  rate: (config, step) => config.initialLearningRate * config.decayRate ** periods(config, step),
});

/**
 * `initialLearningRate / (1 + decayRate · step / decaySteps)`, the quotient rounded down if `staircase`.
 *
 * @see https://keras.io/api/optimizers/learning_rate_schedules/inverse_time_decay/
 */
export const inverseTimeDecay: ScheduleFactory<DecayOptions> = defineSchedule<DecayOptions>({
  className: 'InverseTimeDecay',
  options: table('InverseTimeDecay'),
  rate: (config, step) => config.initialLearningRate / (1 + config.decayRate * periods(config, step)),
});
