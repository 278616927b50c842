import { mul, neg, options, type Parameter, relu, ShapeError, sub, type Tensor } from '@jogak/ops';
import { asFloat } from '../base/as-float.js';
import { axesOption } from '../base/axes-option.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { type Shape, showShape } from '../base/shape.js';
import { type ConstraintLike, constraintTable } from '../constraints/index.js';
import { type InitializerLike, initializerTable } from '../initializers/index.js';
import { type RegularizerLike, regularizerTable } from '../regularizers/index.js';

/** Options of {@link prelu}. */
export interface PReLUOptions extends LayerOptions {
  /** @default 'zeros' */
  alphaInitializer?: InitializerLike;
  /** @default null */
  alphaRegularizer?: RegularizerLike | null;
  /** @default null */
  alphaConstraint?: ConstraintLike | null;
  /** Axes along which one slope counts for all, from 1: `[1, 2]` has a slope for each channel of images. @default null: none */
  sharedAxes?: number | readonly number[] | null;
}

/**
 * Parametric rectified linear unit: `x` where positive, else `alpha · x`, with slopes that are learned.
 *
 * Input `[batch, …]`, output the same. Weights: `alpha`, of the shape of a sample, 1 along shared axes.
 *
 * @throws {ShapeError} when a size that `alpha` has is not known
 * @see He et al., "Delving deep into rectifiers", 2015; https://keras.io/api/layers/activation_layers/prelu/
 */
export class PReLU extends Layer<PReLUOptions> {
  static override readonly className = 'PReLU';
  static override readonly options: LayerTable<PReLUOptions> = {
    alphaInitializer: initializerTable.option('zeros'),
    alphaRegularizer: regularizerTable.nullableOption(),
    alphaConstraint: constraintTable.nullableOption(),
    sharedAxes: { ...options.nullable(axesOption([])), default: null, serialize: axes => axes },
  };
  override supportsMasking = true;
  private alpha!: Parameter;

  override build(inputShape: Shape): void {
    const shared = this.config.sharedAxes ?? [];
    const wrong = shared.find(axis => axis < 1 || axis >= inputShape.length);
    if (wrong !== undefined)
      throw new ShapeError(`${this.describe()} shares axes of a sample, from 1 to ${inputShape.length - 1}; got ${showShape(shared)}`);
    const axes: Record<number, number> = {};
    const shape = inputShape.slice(1).map((size, index) => {
      if (shared.includes(index + 1)) return 1;
      if (size === null)
        throw new ShapeError(`${this.describe()} needs to know the sizes of axes that it does not share; got ${showShape(inputShape)}`);
      axes[index + 1] = size;
      return size;
    });
    this.alpha = this.addWeight({ name: 'alpha', shape, like: 'alpha' });
    this.inputSpec = { rank: inputShape.length, axes };
  }

  override call(inputs: Tensor): Tensor {
    const x = asFloat(inputs);
    return sub(relu(x), mul(relu(neg(x)), this.alpha.value));
  }
}

/** A {@link PReLU} layer. */
export const prelu = (given: PReLUOptions = {}): PReLU => new PReLU(given);
