import { options, poolOutputShape, reshape, type Tensor, type Tensor4D } from '@jogak/ops';
import { asImageSizes, asImages } from '../base/as-images.js';
import { type DataFormat, dataFormatOption, spatialSpec } from '../base/data-format.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { remembered } from '../base/remembered.js';
import { checkShape, type Shape } from '../base/shape.js';

/** Options that all pooling layers have. Sizes are one number for all axes, or one for each. */
export interface PoolingOptions extends LayerOptions {
  /** Size of the window. @default 2 */
  poolSize?: number | readonly number[];
  /** Steps from one window to the next. @default poolSize */
  strides?: number | readonly number[];
  /** `same`: windows reach over the edge, and count only what is inside. @default 'valid' */
  padding?: 'valid' | 'same';
  /** @default 'channelsLast', the only one supported */
  dataFormat?: DataFormat;
}

/** The options of a pooling along `rank` axes. */
export function poolingTable(rank: number): LayerTable<PoolingOptions> {
  return {
    poolSize: options.sizes(rank, 2),
    strides: options.required(options.sizes(rank)),
    padding: options.oneOf(['valid', 'same'], 'valid'),
    dataFormat: dataFormatOption(),
  };
}

/** Base of pooling layers: one value for every window and channel. No weights. */
export abstract class Pooling extends Layer<PoolingOptions> {
  private readonly outputShapeOf = remembered(shape => this.computeOutputShape(shape) as number[]);

  /** Pools images, `[batch, height, width, channels]`. */
  protected abstract pool(x: Tensor4D, size: [number, number], strides: [number, number], padding: 'valid' | 'same'): Tensor4D;

  constructor(given: PoolingOptions) {
    super({ ...given, strides: given.strides ?? given.poolSize ?? 2 });
  }

  override call(inputs: Tensor): Tensor {
    const { poolSize, strides, padding } = this.config;
    const pooled = this.pool(asImages(inputs), asImageSizes(poolSize), asImageSizes(strides), padding);
    return reshape(pooled, this.outputShapeOf(inputs.shape));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    const { poolSize, strides, padding } = this.config;
    checkShape(inputShape, spatialSpec(poolSize.length), this.describe());
    return poolOutputShape(inputShape, { poolSize, strides, padding }, this.describe());
  }
}
