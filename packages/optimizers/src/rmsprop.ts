import {
  add,
  div,
  mul,
  type OptionTable,
  options,
  type Parameter,
  relu,
  sqrt,
  square,
  sub,
  type Tensor,
  type UpdateRule,
} from '@jogak/ops';
import { Optimizer } from './optimizer.js';
import { commonOptions, type OptimizerOptions } from './options.js';

/** Options of {@link rmsprop}; `learningRate` is 0.001 by default. */
export interface RMSpropOptions extends OptimizerOptions {
  /** Part of the mean of the squared gradients that stays at an update. TensorFlow.js' configs call it `decay`. @default 0.9 */
  rho?: number;
  /** Part of the last step that is taken again, 0 to 1. @default 0 */
  momentum?: number;
  /** Keeps the divisor from 0. @default 1e-7 */
  epsilon?: number;
  /** Whether to divide by the gradients' variance in the place of their mean square. @default false */
  centered?: boolean;
}

/**
 * RMSprop: `v ← rho · v + (1 − rho) · g²`, `w ← w − u` with `u = learningRate · g / √(v + epsilon)`; with momentum, `m ← momentum · m + u`
 * and `w ← w − m`. If `centered`, also `a ← rho · a + (1 − rho) · g`, and `v − a²` in the place of `v` under the root: 0 where rounding
 * makes it negative, of which Keras makes NaN.
 *
 * Slots: `velocity` of all weights, then `momentum` if it is not 0, then `average_gradient` if `centered`.
 *
 * @see http://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf and https://keras.io/api/optimizers/rmsprop/
 */
export class RMSprop extends Optimizer<Required<RMSpropOptions>> {
  static readonly className: string = 'RMSprop';
  static readonly options: OptionTable<Required<RMSpropOptions>> = {
    ...commonOptions('rm_sprop', 0.001),
    rho: options.number(0.9, { min: 0, below: 1 }),
    momentum: options.number(0, { min: 0, max: 1 }),
    epsilon: options.number(1e-7, { above: 0 }),
    centered: options.boolean(false),
  };
  static readonly aliases: Readonly<Record<string, string>> = { decay: 'rho' };

  protected override createSlots(parameters: readonly Parameter[]): void {
    this.addSlots(parameters, ['velocity']);
    if (this.config.momentum !== 0) this.addSlots(parameters, ['momentum']);
    if (this.config.centered) this.addSlots(parameters, ['average_gradient']);
  }

  protected override rule(learningRate: number): UpdateRule {
    const { rho, momentum, epsilon, centered } = this.config;
    return { name: 'rmsprop', learningRate, rho, momentum, epsilon, centered };
  }

  protected override updateStep(parameter: Parameter, gradient: Tensor, learningRate: number): void {
    const { rho, momentum, epsilon } = this.config;
    const velocity = this.slot(parameter, 'velocity');
    velocity.update(v => add(mul(v, rho), mul(square(gradient), 1 - rho)));
    const variance = this.config.centered ? this.variance(parameter, gradient, velocity.value) : velocity.value;
    const step = div(mul(gradient, learningRate), sqrt(add(variance, epsilon)));
    if (momentum === 0) {
      parameter.update(w => sub(w, step));
      return;
    }
    const last = this.slot(parameter, 'momentum');
    last.update(m => add(mul(m, momentum), step));
    parameter.update(w => sub(w, last.value));
  }

  /** Of the gradients, from the mean of their squares and the mean of themselves, which this updates. */
  private variance(parameter: Parameter, gradient: Tensor, meanSquare: Tensor): Tensor {
    const { rho } = this.config;
    const mean = this.slot(parameter, 'average_gradient');
    mean.update(a => add(mul(a, rho), mul(gradient, 1 - rho)));
    return relu(sub(meanSquare, square(mean.value)));
  }
}

/** {@link RMSprop}. */
export const rmsprop = (options: RMSpropOptions = {}): RMSprop => new RMSprop(options);
