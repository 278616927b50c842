import { type OptionTable, options } from '@jogak/ops';
import { Adam, type AdamOptions, adamOptions } from './adam.js';

/** Options of {@link adamw}; `learningRate` is 0.001 by default. */
export interface AdamWOptions extends AdamOptions {
  /** Part of a weight, times the learning rate, by which it shrinks at every update. @default 0.004 */
  weightDecay?: number;
}

/**
 * {@link Adam} with weight decay: `w ← w − weightDecay · learningRate · w` before each update, apart from the gradient's means.
 *
 * @see https://arxiv.org/abs/1711.05101 and https://keras.io/api/optimizers/adamw/
 */
export class AdamW extends Adam<Required<AdamWOptions>> {
  static override readonly className: string = 'AdamW';
  static override readonly options: OptionTable<Required<AdamWOptions>> = {
    ...adamOptions('adam_w'),
    weightDecay: options.number(0.004, { min: 0 }),
  };
}

/** {@link AdamW}. */
export const adamw = (options: AdamWOptions = {}): AdamW => new AdamW(options);
