import { any, broadcastTo, cast, concat, expandDims, onesLike, options, ShapeError, type Tensor } from '@jogak/ops';
import { asFloat } from '../base/as-float.js';
import { resolveAxes } from '../base/axes-option.js';
import type { Mask } from '../base/call-context.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { type Shape, showShape } from '../base/shape.js';
import { masksOf, shapesOf } from './merge.js';

/** Options of {@link concatenate}. */
export interface ConcatenateOptions extends LayerOptions {
  /** @default -1 */
  axis?: number;
}

/**
 * Puts its inputs one after another along an axis.
 *
 * Inputs whose sizes are the same along all other axes. No weights. Where any input has a mask, a step of the output counts if any of
 * its features does, those of an input without a mask included.
 *
 * @throws {ShapeError} when the shapes do not fit together, or the axis is not there
 * @see https://keras.io/api/layers/merging_layers/concatenate/
 */
export class Concatenate extends Layer<ConcatenateOptions> {
  static override readonly className = 'Concatenate';
  static override readonly options: LayerTable<ConcatenateOptions> = { axis: options.integer(-1) };
  override supportsMasking = true;
  override readonly takesLists: boolean = true;

  override build(inputShape: Shape | readonly Shape[]): void {
    this.computeOutputShape(inputShape);
  }

  override call(inputs: Tensor[]): Tensor {
    this.computeOutputShape(Array.isArray(inputs) ? inputs.map(input => input.shape) : (inputs as Tensor).shape);
    return concat(inputs.map(asFloat), this.axisOf((inputs[0] as Tensor).shape));
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shapes = shapesOf(inputShape, this.describe());
    const first = shapes[0] as Shape;
    const axis = this.axisOf(first);
    const sizesAlong = (other: number): (number | null)[] => shapes.map(shape => shape[other] ?? null);
    const known = first.map((_, other) => [...new Set(sizesAlong(other))].filter(size => size !== null));
    if (shapes.some(shape => shape.length !== first.length) || known.some((sizes, other) => other !== axis && sizes.length > 1)) {
      throw new ShapeError(
        `${this.describe()} needs inputs of the same sizes along all axes but ${axis}; got ${shapes.map(showShape).join(' and ')}`,
      );
    }
    const total = sizesAlong(axis).reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0);
    return first.map((_, other) => (other === axis ? total : (known[other]?.[0] ?? null)));
  }

  override computeMask(inputs: Tensor | Tensor[], mask: Mask | readonly Mask[]): Mask {
    const list = inputs as Tensor[];
    const masks = masksOf(list, mask);
    if (masks.every(each => each === null)) return null;
    const full = list.map((input, index) => {
      const own = masks[index] ?? null;
      if (own === null) return cast(onesLike(input), 'bool');
      return own.rank < input.rank ? broadcastTo(expandDims(own, -1), input.shape) : own;
    });
    return any(concat(full, this.axisOf(list[0]?.shape as Shape)), -1);
  }

  private axisOf(shape: Shape): number {
    return resolveAxes([this.config.axis], shape, this.describe())[0] as number;
  }
}

/** A {@link Concatenate} layer. */
export const concatenate = (given: ConcatenateOptions = {}): Concatenate => new Concatenate(given);
