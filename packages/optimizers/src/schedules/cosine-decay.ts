import { ConfigError, options, scalarMath } from '@jogak/ops';
import { defineSchedule, type ScheduleFactory, type ScheduleOptions } from './schedule.js';

/** Options of {@link cosineDecay}. */
export interface CosineDecayOptions extends ScheduleOptions {
  /** Where the decay starts, or the warm-up, if there is one. */
  initialLearningRate: number;
  /** Steps of the decay, after those of the warm-up. */
  decaySteps: number;
  /** What is left at the end, as a part of where the decay started. @default 0 */
  alpha?: number;
  /** Learning rate at the end of the warm-up, where the decay starts; null: no warm-up. @default null */
  warmupTarget?: number | null;
  /** Steps of the warm-up. @default 0 */
  warmupSteps?: number;
}

/**
 * In `warmupSteps` steps in a straight line from `initialLearningRate` to `warmupTarget`, from there in `decaySteps` steps along
 * half a cosine down to its `alpha`-th part: `start · ((1 − alpha) · (1 + cos(π · step / decaySteps)) / 2 + alpha)`.
 *
 * @see https://arxiv.org/abs/1608.03983 and https://keras.io/api/optimizers/learning_rate_schedules/cosine_decay/
 */
export const cosineDecay: ScheduleFactory<CosineDecayOptions> = defineSchedule<CosineDecayOptions>({
  className: 'CosineDecay',
  options: {
    initialLearningRate: options.required(options.number(undefined, { min: 0 })),
    decaySteps: options.required(options.number(undefined, { above: 0 })),
    alpha: options.number(0, { min: 0 }),
    name: options.text('CosineDecay'),
    warmupTarget: options.nullable(options.number(undefined, { min: 0 })),
    warmupSteps: options.number(0, { min: 0 }),
  },
  check: ({ warmupTarget, warmupSteps }) => {
    if (warmupTarget === null && warmupSteps > 0)
      throw new ConfigError(`schedule CosineDecay: a warm-up of ${warmupSteps} steps needs a warmupTarget, the learning rate it leads to`);
  },
  rate: ({ initialLearningRate, decaySteps, alpha, warmupTarget, warmupSteps }, step) => {
    const start = warmupTarget ?? initialLearningRate;
    if (step < warmupSteps) return initialLearningRate + (start - initialLearningRate) * (step / warmupSteps);
    const fraction = Math.min((step - warmupSteps) / decaySteps, 1);
    return start * ((1 - alpha) * 0.5 * (1 + scalarMath.cos(Math.PI * fraction)) + alpha);
  },
});
