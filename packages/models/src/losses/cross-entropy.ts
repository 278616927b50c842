import type { TableOf } from '@jogak/layers';
import {
  add,
  binaryCrossEntropy,
  categoricalCrossEntropy,
  mul,
  notEqual,
  options,
  ShapeError,
  softmaxCrossEntropyWithLogits,
  sparseCategoricalCrossEntropy,
  sparseSoftmaxCrossEntropyWithLogits,
  type Tensor,
  tidy,
  where,
  zerosLike,
} from '@jogak/ops';
import { EPSILON } from './epsilon.js';
import { FittedLoss, Loss, outOfRange, type TargetError } from './loss.js';
import { fitClassNumbers, withTargets } from './targets.js';

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

  override call(yTrue: Tensor, yPred: Tensor): Tensor {
    if (this.config.labelSmoothing || yTrue.rank > yPred.rank) return super.call(yTrue, yPred);
    // The op takes targets as they are.
    return tidy(() => this.values(yTrue, withTargets(yTrue, yPred, this.getClassName())));
  }

  protected override values(yTrue: Tensor, yPred: Tensor): Tensor {
    const { fromLogits, labelSmoothing } = this.config;
    const targets = labelSmoothing ? add(mul(yTrue, 1 - labelSmoothing), labelSmoothing / 2) : yTrue;
    return binaryCrossEntropy(targets, yPred, { fromLogits, epsilon: EPSILON });
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
    return categoricalCrossEntropy(targets, yPred, EPSILON);
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
      checkClasses(predictions, this);
      const { ignoreClass } = this.config;
      if (ignoreClass === null) return this.values(labels, predictions);
      const counts = notEqual(labels, ignoreClass);
      const values = this.values(where(counts, labels, zerosLike(labels)), predictions);
      return where(counts, values, zerosLike(values));
    });
  }

  private values(labels: Tensor, predictions: Tensor): Tensor {
    if (this.config.fromLogits) return sparseSoftmaxCrossEntropyWithLogits(labels, predictions);
    return sparseCategoricalCrossEntropy(labels, predictions, EPSILON);
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
