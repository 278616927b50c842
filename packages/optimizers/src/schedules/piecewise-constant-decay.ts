import { ConfigError, options } from '@jogak/ops';
import { defineSchedule, type ScheduleFactory, type ScheduleOptions } from './schedule.js';

/** Options of {@link piecewiseConstantDecay}. */
export interface PiecewiseConstantDecayOptions extends ScheduleOptions {
  /** Last step of every piece but the last one, increasing. */
  boundaries: readonly number[];
  /** Learning rate of every piece: one more than `boundaries`. */
  values: readonly number[];
}

/**
 * `values[0]` up to and including the step `boundaries[0]`, then `values[1]` up to and including `boundaries[1]`, and so on.
 *
 * @see https://keras.io/api/optimizers/learning_rate_schedules/piecewise_constant_decay/
 */
export const piecewiseConstantDecay: ScheduleFactory<PiecewiseConstantDecayOptions> = defineSchedule<PiecewiseConstantDecayOptions>({
  className: 'PiecewiseConstantDecay',
  options: {
    boundaries: options.required(options.listOf(options.number(undefined, { min: 0 }), undefined, 'a list of steps')),
    values: options.required(options.listOf(options.number(undefined, { min: 0 }), undefined, 'a list of learning rates')),
    name: options.text('PiecewiseConstant'),
  },
  check: ({ boundaries, values }) => {
    if (values.length !== boundaries.length + 1)
      throw new ConfigError(
        `schedule PiecewiseConstantDecay: ${boundaries.length} boundaries part ${boundaries.length + 1} values; got ${values.length}`,
      );
    if (boundaries.some((boundary, index) => index > 0 && boundary <= (boundaries[index - 1] as number)))
      throw new ConfigError(`schedule PiecewiseConstantDecay: boundaries must increase; got [${boundaries.join(', ')}]`);
  },
  rate: ({ boundaries, values }, step) => {
    const piece = boundaries.findIndex(boundary => step <= boundary);
    return values.at(piece) as number;
  },
});
