import { add, clipByValue, div, log, mean, mul, sub, sum, type Tensor } from '@jogak/ops';
import { EPSILON } from './epsilon.js';
import { FittedLoss, outOfRange, type TargetError } from './loss.js';

/** `Σ yTrue · log(yTrue / yPred)` over the classes, both kept between 1e-7 and 1. */
export class KLDivergence extends FittedLoss {
  static override readonly className = 'KLDivergence';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    const target = clipByValue(yTrue, EPSILON, 1);
    return sum(mul(target, log(div(target, clipByValue(yPred, EPSILON, 1)))), -1);
  }

  protected override targetError(value: number, outputs: number): TargetError | null {
    return super.targetError(value, outputs) ?? outOfRange(value, 0, 1, 'a probability, from 0 to 1');
  }
}

/** `mean(yPred − yTrue · log(yPred + 1e-7))` over the outputs, for counts `yTrue` of 0 or more. */
export class Poisson extends FittedLoss {
  static override readonly className = 'Poisson';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    return mean(sub(yPred, mul(yTrue, log(add(yPred, EPSILON)))), -1);
  }

  protected override targetError(value: number, outputs: number): TargetError | null {
    return super.targetError(value, outputs) ?? outOfRange(value, 0, Number.POSITIVE_INFINITY, '0 or more');
  }
}

export const klDivergence = (): KLDivergence => new KLDivergence({});
export const poisson = (): Poisson => new Poisson({});
