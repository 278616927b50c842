import { options, type Tensor } from '@jogak/ops';
import { asFloat } from '../base/as-float.js';
import type { CallContext } from '../base/call-context.js';
import { type DataFormat, dataFormatOption, spatialSpec } from '../base/data-format.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { checkShape, type Shape } from '../base/shape.js';

/** Options that all global pooling layers have. */
export interface GlobalPoolingOptions extends LayerOptions {
  /** @default 'channelsLast', the only one supported */
  dataFormat?: DataFormat;
  /** Whether the axes that are pooled stay, with size 1. @default false */
  keepdims?: boolean;
}

/** The options of every global pooling. */
export const globalPoolingTable: LayerTable<GlobalPoolingOptions> = { dataFormat: dataFormatOption(), keepdims: options.boolean(false) };

/** Base of layers that make one value of each channel. No weights. */
export abstract class GlobalPooling extends Layer<GlobalPoolingOptions> {
  /** Number of axes that are pooled. */
  protected abstract readonly spatialRank: number;

  /** Pools `axes`. */
  protected abstract pool(x: Tensor, axes: number[], keepdims: boolean, context: CallContext): Tensor;

  override call(x: Tensor, context: CallContext): Tensor {
    this.computeOutputShape(x.shape);
    const axes = Array.from({ length: this.spatialRank }, (_, axis) => axis + 1);
    return this.pool(asFloat(x), axes, this.config.keepdims, context);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    checkShape(inputShape, spatialSpec(this.spatialRank), this.describe());
    const spatial = this.config.keepdims ? Array.from({ length: this.spatialRank }, () => 1) : [];
    return [inputShape[0] ?? null, ...spatial, inputShape.at(-1) ?? null];
  }
}
