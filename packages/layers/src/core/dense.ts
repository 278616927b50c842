import { linear, options, type Parameter, ShapeError, type Tensor, type Tensor2D } from '@jogak/ops';
import { type ActivationLike, activationOption } from '../base/activation-option.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { checkShape, type Shape, showShape } from '../base/shape.js';
import { type ConstraintLike, constraintTable } from '../constraints/index.js';
import { type InitializerLike, initializerTable } from '../initializers/index.js';
import { type RegularizerLike, regularizerTable } from '../regularizers/index.js';

/** Options of {@link dense}. */
export interface DenseOptions extends LayerOptions {
  /** Size of the last axis of the output. */
  units: number;
  /** @default 'linear' */
  activation?: ActivationLike;
  /** @default true */
  useBias?: boolean;
  /** @default 'glorotUniform' */
  kernelInitializer?: InitializerLike;
  /** @default 'zeros' */
  biasInitializer?: InitializerLike;
  /** @default null */
  kernelRegularizer?: RegularizerLike | null;
  /** @default null */
  biasRegularizer?: RegularizerLike | null;
  /** Penalty on the output. @default null */
  activityRegularizer?: RegularizerLike | null;
  /** @default null */
  kernelConstraint?: ConstraintLike | null;
  /** @default null */
  biasConstraint?: ConstraintLike | null;
}

/**
 * Fully connected layer: `activation(x · kernel + bias)`.
 *
 * Input `[batch, …, features]`, output `[batch, …, units]`.
 * Weights: `kernel [features, units]`, then `bias [units]` if `useBias`.
 *
 * @throws {ShapeError} when the input has no features axis, or its size is unknown
 * @see https://keras.io/api/layers/core_layers/dense/
 */
export class Dense extends Layer<DenseOptions> {
  static override readonly className = 'Dense';
  static override readonly options: LayerTable<DenseOptions> = {
    units: options.required(options.positiveInteger()),
    activation: activationOption('linear'),
    useBias: options.boolean(true),
    kernelInitializer: initializerTable.option('glorotUniform'),
    biasInitializer: initializerTable.option('zeros'),
    kernelRegularizer: regularizerTable.nullableOption(),
    biasRegularizer: regularizerTable.nullableOption(),
    activityRegularizer: regularizerTable.nullableOption(),
    kernelConstraint: constraintTable.nullableOption(),
    biasConstraint: constraintTable.nullableOption(),
  };
  override supportsMasking = true;
  private kernel!: Parameter;
  private bias: Parameter | null = null;

  override build(inputShape: Shape): void {
    const { units, useBias } = this.config;
    const features = this.features(inputShape);
    this.kernel = this.addWeight({ name: 'kernel', shape: [features, units], like: 'kernel' });
    if (useBias) this.bias = this.addWeight({ name: 'bias', shape: [units], like: 'bias' });
    this.inputSpec = { minRank: 2, axes: { [-1]: features } };
  }

  override call(x: Tensor): Tensor {
    return linear(x, this.kernel.value as Tensor2D, this.bias?.value ?? null, this.config.activation);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    this.features(inputShape);
    return [...inputShape.slice(0, -1), this.config.units];
  }

  private features(inputShape: Shape): number {
    checkShape(inputShape, { minRank: 2, meaning: '[batch, …, features]' }, this.describe());
    const features = inputShape.at(-1);
    if (typeof features !== 'number')
      throw new ShapeError(`${this.describe()} needs to know the size of its input's last axis; got ${showShape(inputShape)}`);
    return features;
  }
}

/** A {@link Dense} layer. */
export const dense = (given: DenseOptions): Dense => new Dense(given);
