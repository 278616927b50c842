import { options } from '@jogak/ops';
import { defineSchedule, type ScheduleFactory, type ScheduleOptions } from './schedule.js';

/** Options of {@link constant}. */
export interface ConstantOptions extends ScheduleOptions {
  learningRate: number;
}

/**
 * The same learning rate at every step: what other schedules are compared with. Keras has no such schedule, and takes a number;
 * unlike a number, a schedule cannot be set while training.
 */
export const constant: ScheduleFactory<ConstantOptions> = defineSchedule<ConstantOptions>({
  className: 'ConstantLearningRate',
  options: { learningRate: options.required(options.number(undefined, { min: 0 })), name: options.text('ConstantLearningRate') },
  rate: ({ learningRate }) => learningRate,
});
