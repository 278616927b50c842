import { options, scalarMath } from '@jogak/ops';
import { defineSchedule, type ScheduleFactory, type ScheduleOptions } from './schedule.js';

/** Options of {@link polynomialDecay}. */
export interface PolynomialDecayOptions extends ScheduleOptions {
  initialLearningRate: number;
  /** Steps until `endLearningRate` is reached. */
  decaySteps: number;
  /** @default 0.0001 */
  endLearningRate?: number;
  /** Of the polynomial; 1 is a straight line. @default 1 */
  power?: number;
  /** Whether to start again, over a period that is longer each time, when the end is reached. @default false */
  cycle?: boolean;
}

/**
 * `(initialLearningRate − endLearningRate) · (1 − step / period) ^ power + endLearningRate`, where `step` stays at `decaySteps` once
 * there, or, if `cycle`, `period` is the first multiple of `decaySteps` that is not below `step`.
 *
 * @see https://keras.io/api/optimizers/learning_rate_schedules/polynomial_decay/
 */
export const polynomialDecay: ScheduleFactory<PolynomialDecayOptions> = defineSchedule<PolynomialDecayOptions>({
  className: 'PolynomialDecay',
  options: {
    initialLearningRate: options.required(options.number(undefined, { min: 0 })),
    decaySteps: options.required(options.number(undefined, { above: 0 })),
    endLearningRate: options.number(0.0001, { min: 0 }),
    power: options.number(1, { above: 0 }),
    cycle: options.boolean(false),
    name: options.text('PolynomialDecay'),
  },
  rate: ({ initialLearningRate, decaySteps, endLearningRate, power, cycle }, step) => {
    const period = cycle ? decaySteps * Math.max(1, Math.ceil(step / decaySteps)) : decaySteps;
    return (initialLearningRate - endLearningRate) * scalarMath.pow(1 - Math.min(step, period) / period, power) + endLearningRate;
  },
});
