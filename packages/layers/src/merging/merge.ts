import { logicalOr, reshape, ShapeError, type Tensor } from '@jogak/ops';
import { asFloat } from '../base/as-float.js';
import type { CallContext, Mask } from '../base/call-context.js';
import { Layer } from '../base/layer.js';
import { isShape, type Shape, showShape } from '../base/shape.js';

/** The shapes of a list of inputs. @throws {ShapeError} when there is a single input, or none */
export function shapesOf(inputShape: Shape | readonly Shape[], where: string): readonly Shape[] {
  if (inputShape.length === 0 || isShape(inputShape))
    throw new ShapeError(
      `${where} needs a list of inputs; got ${inputShape.length === 0 ? 'an empty one' : `one of shape ${showShape(inputShape as Shape)}`}`,
    );
  return inputShape;
}

/** The masks of a list of inputs: null for those that have none. */
export function masksOf(inputs: readonly Tensor[], mask: Mask | readonly Mask[]): Mask[] {
  return inputs.map((_, index) => (Array.isArray(mask) ? ((mask as readonly Mask[])[index] ?? null) : (mask as Mask)));
}

/**
 * Base of layers that make one tensor of several, element by element. No weights.
 *
 * Inputs of one batch whose other sizes are the same, or 1, which repeats; one of fewer axes gets axes of 1 after the batch. Where
 * every input has a mask, a step counts in the output if it does in any of them; otherwise the output has none.
 */
export abstract class Merge extends Layer {
  override supportsMasking = true;
  override readonly takesLists: boolean = true;

  /** Merges inputs of one rank. */
  protected abstract merge(inputs: Tensor[], masks: readonly Mask[]): Tensor;

  override build(inputShape: Shape | readonly Shape[]): void {
    this.computeOutputShape(inputShape);
  }

  override call(inputs: Tensor[], context: CallContext): Tensor {
    this.computeOutputShape(Array.isArray(inputs) ? inputs.map(input => input.shape) : (inputs as Tensor).shape);
    const rank = Math.max(...inputs.map(input => input.rank));
    const aligned = inputs.map(asFloat).map(x => {
      const [batch, ...sample] = x.shape as [number, ...number[]];
      return x.rank === rank ? x : reshape(x, [batch, ...Array.from({ length: rank - x.rank }, () => 1), ...sample]);
    });
    return this.merge(aligned, masksOf(inputs, context.mask));
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    const shapes = shapesOf(inputShape, this.describe());
    const batches = new Set(shapes.map(shape => shape[0]).filter(size => typeof size === 'number'));
    const rank = Math.max(...shapes.map(shape => shape.length));
    const sample: (number | null)[] = [];
    for (let axis = 1; axis < rank; axis++) {
      const sizes = shapes.map(shape => (axis - rank + shape.length >= 1 ? (shape.at(axis - rank) ?? null) : 1));
      const known = new Set(sizes.filter(size => size !== 1));
      known.delete(null);
      if (known.size > 1) throw this.mismatch(shapes, 'the same sizes, or 1, after the batch');
      sample.push(sizes.includes(null) ? null : ([...known][0] ?? 1));
    }
    if (batches.size > 1) throw this.mismatch(shapes, 'one batch size');
    return [[...batches][0] ?? null, ...sample];
  }

  override computeMask(inputs: Tensor | Tensor[], mask: Mask | readonly Mask[]): Mask {
    const masks = masksOf(inputs as Tensor[], mask);
    return masks.reduce((either, other) => (either && other ? logicalOr(either, other) : null));
  }

  private mismatch(shapes: readonly Shape[], needs: string): ShapeError {
    return new ShapeError(`${this.describe()} needs inputs of ${needs}; got ${shapes.map(showShape).join(' and ')}`);
  }
}
