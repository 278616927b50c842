import { ConfigError, type Json, mul, ones, ShapeError, type Tensor, tidy } from '@jogak/ops';
import { Loss } from './loss.js';

/** A loss as a plain function: a value for each sample, `[batch, …]`, or one for all, of the targets and the predictions. */
export type LossFunction = (yTrue: Tensor, yPred: Tensor) => Tensor;

/** A user's function as a loss. Files cannot hold it, unless it is made known by `registerLoss`. */
export class FunctionLoss extends Loss {
  static override readonly className: string = 'FunctionLoss';

  constructor(readonly fn: LossFunction) {
    super({});
  }

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return tidy(() => perSample(this.fn(yTrue, yPred), yPred, `the loss ${this.fn.name || '(anonymous)'}`));
  }

  override getConfig(): Record<string, Json> {
    throw new ConfigError(
      `the loss ${this.fn.name || '(anonymous)'} is a function, which a file cannot hold: give the function to registerLoss, here and where the file is read`,
    );
  }
}

/**
 * The values of a user's function, one for each sample: a scalar, a mean over the batch, stands for every sample's.
 *
 * @throws {ShapeError} when it is neither a scalar nor `[batch, …]`
 */
export function perSample(values: Tensor, yPred: Tensor, what: string): Tensor {
  const batch = yPred.shape[0] as number;
  if (values.rank === 0) return mul(values, ones([batch]));
  if (values.shape[0] === batch) return values;
  throw new ShapeError(
    `${what} must give a value for each of the ${batch} samples, [${batch}, …], or a scalar; got [${values.shape.join(', ')}]`,
  );
}
