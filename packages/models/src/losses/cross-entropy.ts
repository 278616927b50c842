import type { TableOf } from '@jogak/layers';
import {
  add,
  clipByValue,
  div,
  log,
  mean,
  mul,
  neg,
  notEqual,
  oneHot,
  options,
  ShapeError,
  sigmoidCrossEntropyWithLogits,
  softmaxCrossEntropyWithLogits,
  sparseSoftmaxCrossEntropyWithLogits,
  sub,
  sum,
  type Tensor,
  tidy,
  where,
  zerosLike,
} from '@jogak/ops';
import { EPSILON } from './epsilon.js';
import { FittedLoss, Loss, outOfRange, type TargetError } from './loss.js';
import { fitClassNumbers } from './targets.js';

/** Options of {@link binaryCrossentropy} and {@link categoricalCrossentropy}. */
export interface CrossentropyOptions {
  /** Whether predictions are logits, of a last layer without sigmoid or softmax: steadier, and faster. @default false */
  fromLogits?: boolean;
  /** How far targets are drawn from 0 and 1 towards even ones, from 0 to 1. @default 0 */
  labelSmoothing?: number;
}

/** `−mean(yTrue · log yPred + (1 − yTrue) · log(1 − yPred))` over the outputs, each a yes or no of its own. */
export class BinaryCrossentropy extends FittedLoss<CrossentropyOptions> {
  static override readonly className = 'BinaryCrossentropy';
  static override readonly options: TableOf<CrossentropyOptions> = {
    fromLogits: options.boolean(false),
    labelSmoothing: options.number(0, { min: 0, max: 1 }),
  };

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    const { fromLogits, labelSmoothing } = this.config;
    const targets = labelSmoothing ? add(mul(yTrue, 1 - labelSmoothing), labelSmoothing / 2) : yTrue;
    if (fromLogits) return mean(sigmoidCrossEntropyWithLogits(targets, yPred), -1);
    const p = clipByValue(yPred, EPSILON, 1 - EPSILON);
    return neg(mean(add(mul(targets, log(p)), mul(sub(1, targets), log(sub(1, p)))), -1));
  }

  protected override targetError(value: number, outputs: number): TargetError | null {
    return super.targetError(value, outputs) ?? outOfRange(value, 0, 1, 'a probability, from 0 to 1');
  }
}

/** `−Σ yTrue · log yPred` over the classes, where targets are a probability for each class: mostly a one and else zeros. */
export class CategoricalCrossentropy extends FittedLoss<CrossentropyOptions> {
  static override readonly className = 'CategoricalCrossentropy';
  static override readonly options: TableOf<CrossentropyOptions> = BinaryCrossentropy.options;

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    const { fromLogits, labelSmoothing } = this.config;
    const classes = checkClasses(yPred, this);
    const targets = labelSmoothing ? add(mul(yTrue, 1 - labelSmoothing), labelSmoothing / classes) : yTrue;
    if (fromLogits) return softmaxCrossEntropyWithLogits(targets, yPred);
    const p = div(yPred, sum(yPred, -1, true));
    return neg(sum(mul(targets, log(clipByValue(p, EPSILON, 1 - EPSILON))), -1));
  }

  protected override targetError(value: number, outputs: number): TargetError | null {
    return super.targetError(value, outputs) ?? outOfRange(value, 0, Number.POSITIVE_INFINITY, '0 or more');
  }
}

/** Options of {@link sparseCategoricalCrossentropy}. */
export interface SparseCategoricalCrossentropyOptions {
  /** Whether predictions are logits, of a last layer without softmax: steadier, and faster. @default false */
  fromLogits?: boolean;
  /** A label whose samples or steps do not count, such as −1 for padding. @default null */
  ignoreClass?: number | null;
}

/** `−log yPred[yTrue]`, where targets are class numbers, `[batch, …]` or `[batch, …, 1]`. */
export class SparseCategoricalCrossentropy extends Loss<SparseCategoricalCrossentropyOptions> {
  static override readonly className = 'SparseCategoricalCrossentropy';
  static override readonly options: TableOf<SparseCategoricalCrossentropyOptions> = {
    fromLogits: options.boolean(false),
    ignoreClass: options.nullable(options.integer()),
  };

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    return tidy(() => {
      const [labels, predictions] = fitClassNumbers(yTrue, yPred, this.getClassName());
      const classes = checkClasses(predictions, this);
      const { ignoreClass } = this.config;
      if (ignoreClass === null) return this.values(labels, predictions, classes);
      const counts = notEqual(labels, ignoreClass);
      const values = this.values(where(counts, labels, zerosLike(labels)), predictions, classes);
      return where(counts, values, zerosLike(values));
    });
  }

  private values(labels: Tensor, predictions: Tensor, classes: number): Tensor {
    if (this.config.fromLogits) return sparseSoftmaxCrossEntropyWithLogits(labels, predictions);
    const picked = sum(mul(predictions, oneHot(labels, classes, 1, 0, 'float32')), -1);
    return neg(log(clipByValue(div(picked, sum(predictions, -1)), EPSILON, 1 - EPSILON)));
  }

  override computeMask(yTrue: Tensor, yPred: Tensor): Tensor | null {
    const { ignoreClass } = this.config;
    if (ignoreClass === null) return null;
    return tidy(() => notEqual(fitClassNumbers(yTrue, yPred, this.getClassName())[0], ignoreClass));
  }

  protected override targetError(value: number, classes: number): TargetError | null {
    if (value === this.config.ignoreClass) return null;
    if (!Number.isInteger(value)) return { found: `label ${value}`, reason: 'is not a whole number: labels are class numbers' };
    if (value >= 0 && value < classes) return null;
    return { found: `label ${value}`, reason: `is out of range: the model has ${classes} classes, numbered 0 to ${classes - 1}` };
  }
}

export const binaryCrossentropy = (given: CrossentropyOptions = {}): BinaryCrossentropy => new BinaryCrossentropy(given);
export const categoricalCrossentropy = (given: CrossentropyOptions = {}): CategoricalCrossentropy => new CategoricalCrossentropy(given);
export const sparseCategoricalCrossentropy = (given: SparseCategoricalCrossentropyOptions = {}): SparseCategoricalCrossentropy =>
  new SparseCategoricalCrossentropy(given);

/** The number of classes; with one, the loss would be 0 whatever is predicted, and nothing learnt. */
function checkClasses(predictions: Tensor, loss: Loss): number {
  const classes = predictions.shape.at(-1) as number;
  if (classes >= 2) return classes;
  throw new ShapeError(
    `${loss.getClassName()} needs two classes or more along the last axis; got predictions [${predictions.shape.join(', ')}]. For one output, a yes or no, use binaryCrossentropy`,
  );
}
