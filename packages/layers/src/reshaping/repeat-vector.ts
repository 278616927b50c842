import { type DataType, expandDims, options, type Tensor, tile } from '@jogak/ops';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { checkShape, type Shape } from '../base/shape.js';

/** Options of {@link repeatVector}. */
export interface RepeatVectorOptions extends LayerOptions {
  /** Number of times. */
  n: number;
}

/**
 * The same vector at each of `n` steps.
 *
 * Input `[batch, features]`, output `[batch, n, features]`, of the input's dtype. No weights.
 *
 * @throws {ShapeError} when the input is not a row a sample
 * @see https://keras.io/api/layers/reshaping_layers/repeat_vector/
 */
export class RepeatVector extends Layer<RepeatVectorOptions> {
  static override readonly className = 'RepeatVector';
  static override readonly options: LayerTable<RepeatVectorOptions> = { n: options.required(options.positiveInteger()) };

  override call(x: Tensor): Tensor {
    this.computeOutputShape(x.shape);
    return tile(expandDims(x, 1), [1, this.config.n, 1]);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    checkShape(inputShape, { rank: 2, meaning: '[batch, features]' }, this.describe());
    return [inputShape[0] ?? null, this.config.n, inputShape[1] ?? null];
  }

  override computeOutputDType(inputDType: DataType): DataType {
    return inputDType;
  }
}

/** A {@link RepeatVector} layer. */
export const repeatVector = (given: RepeatVectorOptions): RepeatVector => new RepeatVector(given);
