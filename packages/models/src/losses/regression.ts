import type { TableOf } from '@jogak/layers';
import { abs, add, div, log, maximum, mean, minimum, mul, options, rsqrt, sign, softplus, square, sub, sum, type Tensor } from '@jogak/ops';
import { EPSILON } from './epsilon.js';
import { FittedLoss, outOfRange, type TargetError } from './loss.js';

/** `mean((yTrue − yPred)²)` over the outputs. */
export class MeanSquaredError extends FittedLoss {
  static override readonly className = 'MeanSquaredError';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    return mean(square(sub(yPred, yTrue)), -1);
  }
}

/** `mean(|yTrue − yPred|)` over the outputs. */
export class MeanAbsoluteError extends FittedLoss {
  static override readonly className = 'MeanAbsoluteError';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    return mean(magnitude(sub(yPred, yTrue)), -1);
  }
}

/** `100 · mean(|yTrue − yPred| / max(|yTrue|, 1e-7))` over the outputs. */
export class MeanAbsolutePercentageError extends FittedLoss {
  static override readonly className = 'MeanAbsolutePercentageError';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    return mul(mean(div(magnitude(sub(yPred, yTrue)), maximum(abs(yTrue), EPSILON)), -1), 100);
  }
}

/** `mean((log(yTrue + 1) − log(yPred + 1))²)` over the outputs, for targets of 0 or more; predictions below 1e-7 count as that. */
export class MeanSquaredLogarithmicError extends FittedLoss {
  static override readonly className = 'MeanSquaredLogarithmicError';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    const logarithm = (x: Tensor): Tensor => log(add(maximum(x, EPSILON), 1));
    return mean(square(sub(logarithm(yPred), logarithm(yTrue))), -1);
  }

  protected override targetError(value: number, outputs: number): TargetError | null {
    return super.targetError(value, outputs) ?? outOfRange(value, 0, Number.POSITIVE_INFINITY, '0 or more');
  }
}

/** Options of {@link huber}. */
export interface HuberOptions {
  /** The error up to which the loss is a square, beyond which a line. @default 1 */
  delta?: number;
}

/** `e²/2` for errors up to `delta`, `delta · |e| − delta²/2` beyond; the mean over the outputs. */
export class Huber extends FittedLoss<HuberOptions> {
  static override readonly className = 'Huber';
  static override readonly options: TableOf<HuberOptions> = { delta: options.number(1, { above: 0 }) };

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    const { delta } = this.config;
    const size = magnitude(sub(yPred, yTrue));
    // The square part and the linear part as sums of one formula: tfjs-core has no gradient past a comparison.
    const inner = minimum(size, delta);
    return mean(add(mul(square(inner), 0.5), mul(sub(size, inner), delta)), -1);
  }
}

/** `mean(log(cosh(yPred − yTrue)))` over the outputs. */
export class LogCosh extends FittedLoss {
  static override readonly className = 'LogCosh';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    // As x + softplus(−2x) − log 2, which no large error overflows.
    const error = sub(yPred, yTrue);
    return mean(sub(add(error, softplus(mul(error, -2))), Math.LN2), -1);
  }
}

/** `−Σ yTrue · yPred / (‖yTrue‖ ‖yPred‖)` over the outputs: −1 when they point the same way, 1 when opposite. */
export class CosineSimilarity extends FittedLoss {
  static override readonly className = 'CosineSimilarity';

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    return mul(sum(mul(normalize(yTrue), normalize(yPred)), -1), -1);
  }
}

export const meanSquaredError = (): MeanSquaredError => new MeanSquaredError({});
export const meanAbsoluteError = (): MeanAbsoluteError => new MeanAbsoluteError({});
export const meanAbsolutePercentageError = (): MeanAbsolutePercentageError => new MeanAbsolutePercentageError({});
export const meanSquaredLogarithmicError = (): MeanSquaredLogarithmicError => new MeanSquaredLogarithmicError({});
export const huber = (given: HuberOptions = {}): Huber => new Huber(given);
export const logCosh = (): LogCosh => new LogCosh({});
export const cosineSimilarity = (): CosineSimilarity => new CosineSimilarity({});

/** `|x|`, whose gradient at 0 is 0; that of tfjs-core's `abs` is −1, which pulls at a prediction that is right. */
function magnitude(x: Tensor): Tensor {
  return mul(x, sign(x));
}

/** Vectors of length 1 along the last axis; one of length 0 stays, with a finite gradient. */
function normalize(x: Tensor): Tensor {
  return mul(x, rsqrt(maximum(sum(square(x), -1, true), EPSILON * EPSILON)));
}
