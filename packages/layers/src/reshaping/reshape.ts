import { type DataType, options, reshape as reshapeTensor, ShapeError, sizeOf, type Tensor } from '@jogak/ops';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { checkShape, type Shape, showShape } from '../base/shape.js';

/** Options of {@link reshape}. */
export interface ReshapeOptions extends LayerOptions {
  /** Shape of a sample. One size may be -1, or null: what is left for it. */
  targetShape: readonly (number | null)[];
}

/**
 * The same values in another shape, in row-major order.
 *
 * Input `[batch, …]`, output `[batch, ...targetShape]`, of the input's dtype. No weights.
 *
 * @throws {ShapeError} when a sample has not as many values as the target
 * @see https://keras.io/api/layers/reshaping_layers/reshape/
 */
export class Reshape extends Layer<ReshapeOptions> {
  static override readonly className = 'Reshape';
  static override readonly options: LayerTable<ReshapeOptions> = {
    targetShape: {
      required: true,
      parse: value => {
        const sizes = Array.isArray(value) ? value.map(size => size ?? -1) : [];
        const good =
          sizes.every(size => Number.isInteger(size) && (size >= 1 || size === -1)) && sizes.filter(size => size === -1).length <= 1;
        if (!Array.isArray(value) || !good) throw new options.Expected('a list of positive integers, of which one may be -1');
        return sizes;
      },
      serialize: value => value,
    },
  };

  override call(x: Tensor): Tensor {
    return reshapeTensor(x, this.computeOutputShape(x.shape) as number[]);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    checkShape(inputShape, { minRank: 1, meaning: '[batch, …]' }, this.describe());
    const [batch = null, ...sample] = inputShape;
    const target = this.config.targetShape as readonly number[];
    const rest = target.indexOf(-1);
    const known = sizeOf(target.filter(size => size !== -1));
    if (sample.includes(null)) return [batch, ...target.map(size => (size === -1 ? null : size))];
    const size = sizeOf(sample as number[]);
    if (rest === -1 ? known !== size : size % known !== 0) {
      throw new ShapeError(
        `${this.describe()} cannot give ${showShape(inputShape)} the shape ${showShape(target)}: a sample has ${size} values${rest === -1 ? `, not ${known}` : `, no multiple of ${known}`}`,
      );
    }
    return [batch, ...target.map(value => (value === -1 ? size / known : value))];
  }

  override computeOutputDType(inputDType: DataType): DataType {
    return inputDType;
  }
}

/** A {@link Reshape} layer. */
export const reshape = (given: ReshapeOptions): Reshape => new Reshape(given);
