import { ConfigError, type Json, type Option, options, ShapeError, type Tensor, tidy, zeros } from '@jogak/ops';
import type { CallContext, Mask } from '../base/call-context.js';
import { inference } from '../base/call-context.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { isShape, type Shape, showShape } from '../base/shape.js';

/** What a {@link lambda} computes: differentiable tensor functions of its input, or inputs. */
export type LambdaFunction = (inputs: Tensor | Tensor[], context: CallContext) => Tensor | Tensor[];

/** Options of {@link lambda}. */
export interface LambdaOptions extends LayerOptions {
  function: LambdaFunction;
  /** Shape of a sample of the output, or a function from the input's shape, with the batch, to the output's. @default null: by trying */
  outputShape?: Shape | ((inputShape: Shape | readonly Shape[]) => Shape | readonly Shape[]) | null;
  /** The mask of the output, made of inputs and mask. @default null: none */
  mask?: ((inputs: Tensor | Tensor[], mask: Mask | readonly Mask[]) => Mask | readonly Mask[]) | null;
}

type Function = (...values: never[]) => unknown;

/** An option that is a function, and so has no place in a file. */
function functionOption<T>(expected: string, accepts: (value: unknown) => boolean): Option<T> {
  return {
    required: false,
    parse: value => {
      if (!accepts(value)) throw new options.Expected(expected);
      return value as T;
    },
    serialize: () => {
      throw new ConfigError('a function has no place in a config');
    },
  };
}

const isFunction = (value: unknown): value is Function => typeof value === 'function';
const isSampleShape = (value: unknown): boolean =>
  Array.isArray(value) && value.every(size => size === null || (Number.isInteger(size) && size >= 1));

/**
 * A function as a layer: `lambda({ function: x => square(x) })`. It has no weights, and cannot be saved: what is to be saved
 * is a class that extends {@link Layer}.
 *
 * Input and output as the function has them; the output is `float32`.
 *
 * @throws {ShapeError} when the output's shape is not given, and the function does not run on zeros
 * @throws {ConfigError} when it is saved
 * @see https://keras.io/api/layers/core_layers/lambda/
 */
export class Lambda extends Layer<LambdaOptions> {
  static override readonly className = 'Lambda';
  static override readonly options: LayerTable<LambdaOptions> = {
    function: options.required(functionOption<LambdaFunction>('a function', isFunction)),
    outputShape: options.nullable(
      functionOption<NonNullable<LambdaOptions['outputShape']>>(
        'the shape of a sample, or a function',
        value => isFunction(value) || isSampleShape(value),
      ),
    ),
    mask: options.nullable(functionOption<NonNullable<LambdaOptions['mask']>>('a function', isFunction)),
  };

  override call(inputs: Tensor | Tensor[], context: CallContext): Tensor | Tensor[] {
    return this.config.function(inputs, context);
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape | readonly Shape[] {
    const { outputShape } = this.config;
    if (typeof outputShape === 'function') return outputShape(inputShape);
    if (outputShape) return [(isShape(inputShape) ? inputShape : (inputShape[0] as Shape))[0] ?? null, ...outputShape];
    // A size that is not known is whatever changes in the output when it changes in the input.
    const [some, others] = [this.tryWith(inputShape, 2), this.tryWith(inputShape, 3)];
    const shapes = some.map((shape, index) => shape.map((size, axis) => (size === others[index]?.[axis] ? size : null)));
    return shapes.length === 1 ? (shapes[0] as Shape) : shapes;
  }

  override computeMask(inputs: Tensor | Tensor[], mask: Mask | readonly Mask[]): Mask | readonly Mask[] {
    return this.config.mask ? this.config.mask(inputs, mask) : super.computeMask(inputs, mask);
  }

  override getConfig(): Record<string, Json> {
    throw new ConfigError(
      `${this.describe()} cannot be saved, because a function has no place in a file: make a class of it that extends Layer, and register it with registerLayer`,
    );
  }

  /** Shapes of the outputs where unknown sizes of the inputs are `unknown`. */
  private tryWith(inputShape: Shape | readonly Shape[], unknown: number): number[][] {
    return tidy(() => {
      const inputs = (isShape(inputShape) ? [inputShape] : inputShape).map(shape => zeros(shape.map(size => size ?? unknown)));
      try {
        const outputs = this.config.function(isShape(inputShape) ? (inputs[0] as Tensor) : inputs, inference);
        return (Array.isArray(outputs) ? outputs : [outputs]).map(output => output.shape);
      } catch (cause) {
        const shapes = isShape(inputShape) ? showShape(inputShape) : inputShape.map(showShape).join(' and ');
        throw new ShapeError(`${this.describe()} does not run on zeros of shape ${shapes}, so its outputShape has to be given`, { cause });
      }
    }) as unknown as number[][];
  }
}

/** A {@link Lambda} layer. */
export const lambda = (given: LambdaOptions): Lambda => new Lambda(given);
