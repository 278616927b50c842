import {
  adamStepSize,
  add,
  div,
  maximum,
  mul,
  type OptionTable,
  options,
  type Parameter,
  sqrt,
  square,
  sub,
  type Tensor,
  type UpdateRule,
} from '@jogak/ops';
import { Optimizer } from './optimizer.js';
import { commonOptions, type OptimizerOptions } from './options.js';

/** Options of {@link adam}; `learningRate` is 0.001 by default. */
export interface AdamOptions extends OptimizerOptions {
  /** Part of the mean of the gradients that stays at an update. @default 0.9 */
  beta1?: number;
  /** Part of the mean of their squares that stays at an update. @default 0.999 */
  beta2?: number;
  /** Keeps the divisor from 0. @default 1e-7 */
  epsilon?: number;
  /** Whether to divide by the largest mean of squares so far. @default false */
  amsgrad?: boolean;
}

/**
 * Adam: steps along the mean of the gradients, scaled by the root of the mean of their squares.
 *
 * `m ← m + (1 − beta1)(g − m)`, `v ← v + (1 − beta2)(g² − v)`, `w ← w − α · m / (√v + epsilon)` with
 * `α = learningRate · √(1 − beta2ᵗ) / (1 − beta1ᵗ)` at the t-th update; with `amsgrad`, the largest `v` so far in its place.
 * (`epsilon` is added to the uncorrected root, the paper's ε̂; TensorFlow.js adds it to the corrected one.)
 *
 * Slots: `momentum` and `velocity` of each weight in turn, then `velocity_hat` if `amsgrad`.
 *
 * @see https://arxiv.org/abs/1412.6980, https://openreview.net/pdf?id=ryQu7f-RZ and https://keras.io/api/optimizers/adam/
 */
export class Adam<Config extends Required<AdamOptions> = Required<AdamOptions>> extends Optimizer<Config> {
  static readonly className: string = 'Adam';
  static readonly options: OptionTable<Required<AdamOptions>> = adamOptions('adam');

  protected override createSlots(parameters: readonly Parameter[]): void {
    this.addSlots(parameters, ['momentum', 'velocity']);
    if (this.config.amsgrad) this.addSlots(parameters, ['velocity_hat']);
  }

  protected override rule(learningRate: number): UpdateRule {
    const { beta1, beta2, epsilon, amsgrad } = this.config;
    return { name: 'adam', stepSize: this.stepSize(learningRate), beta1, beta2, epsilon, amsgrad };
  }

  /** α of the update that is being made. */
  private stepSize(learningRate: number): number {
    const { beta1, beta2 } = this.config;
    return adamStepSize({ learningRate, step: this.iterations + 1, beta1, beta2 });
  }

  protected override updateStep(parameter: Parameter, gradient: Tensor, learningRate: number): void {
    const { beta1, beta2, epsilon, amsgrad } = this.config;
    const momentum = this.slot(parameter, 'momentum');
    let velocity = this.slot(parameter, 'velocity');
    momentum.update(m => add(m, mul(sub(gradient, m), 1 - beta1)));
    velocity.update(v => add(v, mul(sub(square(gradient), v), 1 - beta2)));
    if (amsgrad) {
      const { value } = velocity;
      velocity = this.slot(parameter, 'velocity_hat');
      velocity.update(largest => maximum(largest, value));
    }
    parameter.update(w => sub(w, div(mul(momentum.value, this.stepSize(learningRate)), add(sqrt(velocity.value), epsilon))));
  }
}

/** The options of Adam and of what is made from it. */
export function adamOptions(name: string): OptionTable<Required<AdamOptions>> {
  return {
    ...commonOptions(name, 0.001),
    beta1: options.number(0.9, { min: 0, below: 1 }),
    beta2: options.number(0.999, { min: 0, below: 1 }),
    epsilon: options.number(1e-7, { above: 0 }),
    amsgrad: options.boolean(false),
  };
}

/** {@link Adam}. */
export const adam = (options: AdamOptions = {}): Adam => new Adam(options);
