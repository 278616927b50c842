import { add, all, cast, equal, logicalOr, max, mean, mul, relu, square, sub, sum, type Tensor } from '@jogak/ops';
import { FittedLoss } from './loss.js';

/** `mean(max(1 − yTrue · yPred, 0))` over the outputs; targets are −1 or 1, or 0 and 1, which become −1 and 1. */
export class Hinge extends FittedLoss {
  static override readonly className = 'Hinge';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    return mean(margin(yTrue, yPred), -1);
  }
}

/** As {@link Hinge}, with the square of each output's loss. */
export class SquaredHinge extends FittedLoss {
  static override readonly className = 'SquaredHinge';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    return mean(square(margin(yTrue, yPred)), -1);
  }
}

/** `max(max((1 − yTrue) · yPred) − Σ yTrue · yPred + 1, 0)` over the classes, for targets of one 1 and else 0. */
export class CategoricalHinge extends FittedLoss {
  static override readonly className = 'CategoricalHinge';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    const positive = sum(mul(yTrue, yPred), -1);
    const negative = max(mul(sub(1, yTrue), yPred), -1);
    return relu(add(sub(negative, positive), 1));
  }
}

export const hinge = (): Hinge => new Hinge({});
export const squaredHinge = (): SquaredHinge => new SquaredHinge({});
export const categoricalHinge = (): CategoricalHinge => new CategoricalHinge({});

function margin(yTrue: Tensor, yPred: Tensor): Tensor {
  // A batch of nothing but 0 and 1 is of labels yet to be made −1 and 1: t + (t − 1) = 2t − 1.
  const isBinary = cast(all(logicalOr(equal(yTrue, 0), equal(yTrue, 1))), 'float32');
  const signs = add(yTrue, mul(isBinary, sub(yTrue, 1)));
  return relu(sub(1, mul(signs, yPred)));
}
