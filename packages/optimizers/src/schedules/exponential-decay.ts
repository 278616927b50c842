import { type OptionTable, options, scalarMath } from '@jogak/ops';
import { defineSchedule, type ScheduleFactory, type ScheduleOptions } from './schedule.js';

/** Options of {@link exponentialDecay}. */
export interface ExponentialDecayOptions extends ScheduleOptions {
  initialLearningRate: number;
  /** Steps in which `decayRate` is applied once. */
  decaySteps: number;
  decayRate: number;
  /** Whether to decay all at once every `decaySteps` steps. @default false */
  staircase?: boolean;
}

/** The options' table, for a schedule of this name. */
export const decayTable = (name: string): OptionTable<Required<ExponentialDecayOptions>> => ({
  initialLearningRate: options.required(options.number(undefined, { min: 0 })),
  decaySteps: options.required(options.number(undefined, { above: 0 })),
  decayRate: options.required(options.number(undefined, { min: 0 })),
  staircase: options.boolean(false),
  name: options.text(name),
});

/** How often `decayRate` has been applied at `step`. */
export const periods = ({ decaySteps, staircase }: Required<ExponentialDecayOptions>, step: number): number =>
  staircase ? Math.floor(step / decaySteps) : step / decaySteps;

/**
 * `initialLearningRate · decayRate ^ (step / decaySteps)`, the exponent rounded down if `staircase`.
 *
 * @see https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/
 */
export const exponentialDecay: ScheduleFactory<ExponentialDecayOptions> = defineSchedule<ExponentialDecayOptions>({
  className: 'ExponentialDecay',
  options: decayTable('ExponentialDecay'),
  rate: (config, step) => config.initialLearningRate * scalarMath.pow(config.decayRate, periods(config, step)),
});
