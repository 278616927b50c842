import { add, div, mul, type OptionTable, options, type Parameter, sqrt, square, sub, type Tensor, type UpdateRule } from '@jogak/ops';
import { Optimizer } from './optimizer.js';
import { commonOptions, type OptimizerOptions } from './options.js';

/** Options of {@link adagrad}; `learningRate` is 0.001 by default, the paper's is 1. */
export interface AdagradOptions extends OptimizerOptions {
  /** First value of the sum of squared gradients. @default 0.1 */
  initialAccumulatorValue?: number;
  /** Keeps the divisor from 0. @default 1e-7 */
  epsilon?: number;
}

/**
 * Adagrad: steps that shrink as a weight's gradients add up. `a ← a + g²`, `w ← w − learningRate · g / √(a + epsilon)`.
 *
 * Slots: `accumulator`.
 *
 * @see http://www.jmlr.org/papers/volume12/duchi11a/duchi11a.pdf and https://keras.io/api/optimizers/adagrad/
 */
export class Adagrad extends Optimizer<Required<AdagradOptions>> {
  static readonly className: string = 'Adagrad';
  static readonly options: OptionTable<Required<AdagradOptions>> = {
    ...commonOptions('adagrad', 0.001),
    initialAccumulatorValue: options.number(0.1, { min: 0 }),
    epsilon: options.number(1e-7, { above: 0 }),
  };

  protected override createSlots(parameters: readonly Parameter[]): void {
    this.addSlots(parameters, ['accumulator'], this.config.initialAccumulatorValue);
  }

  protected override rule(learningRate: number): UpdateRule {
    return { name: 'adagrad', learningRate, epsilon: this.config.epsilon };
  }

  protected override updateStep(parameter: Parameter, gradient: Tensor, learningRate: number): void {
    const accumulator = this.slot(parameter, 'accumulator');
    accumulator.update(a => add(a, square(gradient)));
    parameter.update(w => sub(w, div(mul(gradient, learningRate), sqrt(add(accumulator.value, this.config.epsilon)))));
  }
}

/** {@link Adagrad}. */
export const adagrad = (options: AdagradOptions = {}): Adagrad => new Adagrad(options);
