import { type Option, options } from '@jogak/ops';
import { deserializeSchedule, serializeSchedule } from './registry.js';
import { isSchedule, type LearningRateSchedule } from './schedule.js';

const expected = 'a number, 0 or more, or a schedule (see defineSchedule to make one of a function)';

/** An option that is a learning rate: a number, a schedule, or a schedule's config. */
export function learningRateOption(defaultValue: number): Option<number | LearningRateSchedule> {
  return {
    required: false,
    default: defaultValue,
    parse: value => {
      if (isSchedule(value)) return value;
      if (typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY) return value;
      if (typeof value === 'object' && value !== null && 'className' in value && 'config' in value) {
        const { className, config } = value;
        if (typeof className === 'string' && typeof config === 'object' && config !== null)
          return deserializeSchedule({ className, config });
      }
      throw new options.Expected(expected);
    },
    serialize: rate => (typeof rate === 'number' ? rate : { ...serializeSchedule(rate) }),
  };
}
