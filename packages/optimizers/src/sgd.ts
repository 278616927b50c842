import { add, mul, type OptionTable, options, type Parameter, sub, type Tensor, type UpdateRule } from '@jogak/ops';
import { Optimizer } from './optimizer.js';
import { commonOptions, type OptimizerOptions } from './options.js';

/** Options of {@link sgd}; `learningRate` is 0.01 by default. */
export interface SGDOptions extends OptimizerOptions {
  /** Part of the last step that is taken again, 0 to 1. @default 0 */
  momentum?: number;
  /** Whether to look ahead along the momentum: Nesterov's. @default false */
  nesterov?: boolean;
}

/**
 * Gradient descent: `w ← w − learningRate · g`. With momentum, `m ← momentum · m − learningRate · g` and `w ← w + m`, or, if `nesterov`,
 * `w ← w + momentum · m − learningRate · g`. (The learning rate is inside the velocity; in TensorFlow.js it is outside.)
 *
 * Slots: `momentum`, if it is not 0.
 *
 * @see https://keras.io/api/optimizers/sgd/
 */
export class SGD extends Optimizer<Required<SGDOptions>> {
  static readonly className: string = 'SGD';
  static readonly options: OptionTable<Required<SGDOptions>> = {
    ...commonOptions('sgd', 0.01),
    momentum: options.number(0, { min: 0, max: 1 }),
    nesterov: options.boolean(false),
  };
  static readonly aliases: Readonly<Record<string, string>> = { useNesterov: 'nesterov' };

  protected override createSlots(parameters: readonly Parameter[]): void {
    if (this.config.momentum !== 0) this.addSlots(parameters, ['momentum']);
  }

  protected override rule(learningRate: number): UpdateRule {
    const { momentum, nesterov } = this.config;
    return { name: 'sgd', learningRate, momentum, nesterov };
  }

  protected override updateStep(parameter: Parameter, gradient: Tensor, learningRate: number): void {
    const { momentum, nesterov } = this.config;
    const step = mul(gradient, learningRate);
    if (momentum === 0) {
      parameter.update(w => sub(w, step));
      return;
    }
    const velocity = this.slot(parameter, 'momentum');
    velocity.update(m => sub(mul(m, momentum), step));
    parameter.update(w => add(w, nesterov ? sub(mul(velocity.value, momentum), step) : velocity.value));
  }
}

/** {@link SGD}. */
export const sgd = (options: SGDOptions = {}): SGD => new SGD(options);
