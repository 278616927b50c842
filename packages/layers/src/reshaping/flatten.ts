import { type DataType, reshape, type Tensor } from '@jogak/ops';
import { type DataFormat, dataFormatOption } from '../base/data-format.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { checkShape, type Shape } from '../base/shape.js';

/** Options of {@link flatten}. */
export interface FlattenOptions extends LayerOptions {
  /** @default 'channelsLast', the only one supported */
  dataFormat?: DataFormat;
}

/**
 * One axis of all axes but the batch.
 *
 * Input `[batch, …]`, output `[batch, size]`, in row-major order and of the input's dtype. No weights.
 *
 * @see https://keras.io/api/layers/reshaping_layers/flatten/
 */
export class Flatten extends Layer<FlattenOptions> {
  static override readonly className = 'Flatten';
  static override readonly options: LayerTable<FlattenOptions> = { dataFormat: dataFormatOption() };

  override call(x: Tensor): Tensor {
    return reshape(x, [x.shape[0] as number, -1]);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    checkShape(inputShape, { minRank: 1, meaning: '[batch, …]' }, this.describe());
    const sizes = inputShape.slice(1);
    return [inputShape[0] ?? null, sizes.includes(null) ? null : sizes.reduce<number>((product, size) => product * (size as number), 1)];
  }

  override computeOutputDType(inputDType: DataType): DataType {
    return inputDType;
  }
}

/** A {@link Flatten} layer. */
export const flatten = (given: FlattenOptions = {}): Flatten => new Flatten(given);
