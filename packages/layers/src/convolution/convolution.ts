import {
  ConfigError,
  convOutputShape,
  type Option,
  options,
  type Parameter,
  reshape,
  ShapeError,
  type Tensor,
  type Tensor4D,
} from '@jogak/ops';
import { type ActivationLike, activationOption } from '../base/activation-option.js';
import { asImageSizes, asImages } from '../base/as-images.js';
import { type DataFormat, dataFormatOption, spatialSpec } from '../base/data-format.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { remembered } from '../base/remembered.js';
import { checkShape, type Shape, showShape } from '../base/shape.js';
import { type ConstraintLike, constraintTable } from '../constraints/index.js';
import { type InitializerLike, initializerTable } from '../initializers/index.js';
import { type RegularizerLike, regularizerTable } from '../regularizers/index.js';
import { convolve } from './convolve.js';

/** What is put around the input: nothing, zeros for `⌈size / stride⌉` outputs (the odd one after), or (1-D) zeros before only. */
export type ConvolutionPadding = 'valid' | 'same' | 'causal';

/** Options that all convolutions have. Sizes are one number for all axes, or one for each. */
export interface ConvolutionOptions extends LayerOptions {
  /** Number of kernels: channels of the output. */
  filters: number;
  kernelSize: number | readonly number[];
  /** Steps from one output to the next. @default 1 */
  strides?: number | readonly number[];
  /** @default 'valid' */
  padding?: ConvolutionPadding;
  /** @default 'channelsLast', the only one supported */
  dataFormat?: DataFormat;
  /** Steps from one weight of a kernel to the next; not together with strides. @default 1 */
  dilationRate?: number | readonly number[];
  /** Number of parts that the channels are cut into, each with `filters / groups` kernels of its own. @default 1 */
  groups?: number;
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

/** The options of a convolution along `rank` axes. */
export function convolutionTable(rank: number, padding: Option<ConvolutionPadding>): LayerTable<ConvolutionOptions> {
  return {
    filters: options.required(options.positiveInteger()),
    kernelSize: options.required(options.sizes(rank)),
    strides: options.sizes(rank, 1),
    padding,
    dataFormat: dataFormatOption(),
    dilationRate: options.sizes(rank, 1),
    groups: options.positiveInteger(1),
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
}

/**
 * Base of convolutions: `activation(x ⋆ kernel + bias)`, where ⋆ is correlation.
 *
 * Weights: `kernel [...kernelSize, channels / groups, filters]`, then `bias [filters]` if `useBias`.
 */
export abstract class Convolution extends Layer<ConvolutionOptions> {
  private kernel!: Parameter;
  private bias: Parameter | null = null;
  private readonly outputShapeOf = remembered(shape => this.computeOutputShape(shape) as number[]);

  constructor(given: ConvolutionOptions) {
    super(given);
    const { filters, groups, kernelSize } = this.config;
    if (filters % groups !== 0)
      throw new ConfigError(`${this.describe()}: filters must be a multiple of groups; got ${filters} filters and ${groups} groups`);
    // Shows right away whether strides and dilation go together.
    this.computeOutputShape([null, ...kernelSize.map(() => null), null]);
  }

  override build(inputShape: Shape): void {
    const { kernelSize, filters, groups, useBias } = this.config;
    this.computeOutputShape(inputShape);
    const channels = inputShape.at(-1);
    if (typeof channels !== 'number')
      throw new ShapeError(`${this.describe()} needs to know the number of its input's channels; got ${showShape(inputShape)}`);
    if (channels % groups !== 0)
      throw new ShapeError(`${this.describe()} cuts its input's channels into ${groups} groups; ${channels} cannot be divided so`);
    this.kernel = this.addWeight({ name: 'kernel', shape: [...kernelSize, channels / groups, filters], like: 'kernel' });
    if (useBias) this.bias = this.addWeight({ name: 'bias', shape: [filters], like: 'bias' });
    this.inputSpec = { ...spatialSpec(kernelSize.length), axes: { [-1]: channels } };
  }

  override call(inputs: Tensor): Tensor {
    const { kernelSize, strides, dilationRate, padding, groups, activation } = this.config;
    const outputShape = this.outputShapeOf(inputs.shape);
    const isImage = kernelSize.length === 2;
    const kernel = isImage ? this.kernel.value : reshape(this.kernel.value, [...asImageSizes(kernelSize), ...this.kernel.shape.slice(-2)]);
    const convolved = convolve(asImages(inputs), kernel as Tensor4D, this.bias?.value ?? null, {
      kernelSize: asImageSizes(kernelSize),
      strides: asImageSizes(strides),
      dilationRate: asImageSizes(dilationRate),
      padding,
      groups,
      activation,
    });
    return isImage ? convolved : reshape(convolved, outputShape);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    const { filters, kernelSize, strides, dilationRate, padding } = this.config;
    checkShape(inputShape, spatialSpec(kernelSize.length), this.describe());
    return convOutputShape(inputShape, { filters, kernelSize, strides, dilationRate, padding }, this.describe());
  }
}
