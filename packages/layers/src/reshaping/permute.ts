import { type DataType, options, type Tensor, transpose } from '@jogak/ops';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { checkShape, type Shape } from '../base/shape.js';

/** Options of {@link permute}. */
export interface PermuteOptions extends LayerOptions {
  /** The input's axes in the order of the output's, from 1: the batch stays first. `[2, 1]` exchanges two. */
  dims: readonly number[];
}

/**
 * The axes of a sample in another order.
 *
 * Input `[batch, …]`, with as many axes as `dims` has; output the same, its axis `i` the input's `dims[i − 1]`, of the input's
 * dtype. No weights.
 *
 * @throws {ShapeError} when the input has another number of axes
 * @see https://keras.io/api/layers/reshaping_layers/permute/
 */
export class Permute extends Layer<PermuteOptions> {
  static override readonly className = 'Permute';
  static override readonly options: LayerTable<PermuteOptions> = {
    dims: {
      required: true,
      parse: value => {
        const sorted = Array.isArray(value) ? [...value].sort((a, b) => a - b) : [];
        if (sorted.length === 0 || sorted.some((axis, index) => axis !== index + 1))
          throw new options.Expected('the axes of a sample, from 1, each once');
        return value as number[];
      },
      serialize: value => value,
    },
  };

  override call(x: Tensor): Tensor {
    this.computeOutputShape(x.shape);
    return transpose(x, [0, ...this.config.dims]);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    checkShape(inputShape, { rank: this.config.dims.length + 1 }, this.describe());
    return [0, ...this.config.dims].map(axis => inputShape[axis] as number | null);
  }

  override computeOutputDType(inputDType: DataType): DataType {
    return inputDType;
  }
}

/** A {@link Permute} layer. */
export const permute = (given: PermuteOptions): Permute => new Permute(given);
