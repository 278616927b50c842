import type { Tensor } from '@jogak/ops';
import { asFloat } from '../base/as-float.js';
import type { CallContext } from '../base/call-context.js';
import { spatialSpec } from '../base/data-format.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { checkShape, type InputSpec, type Shape } from '../base/shape.js';
import { drop, dropSeedOption, rateOption } from './drop.js';

/** Options of {@link spatialDropout1d}. */
export interface SpatialDropout1DOptions extends LayerOptions {
  /** Fraction of the channels that is set to zero, from 0 to below 1. */
  rate: number;
  /** @default null: drawn from the global seed */
  seed?: number | null;
}

/**
 * Sets random channels to zero at all steps while training, and scales the rest by `1 / (1 − rate)`; otherwise passes them on. For
 * channels whose neighbouring steps are alike, of which dropping single elements would take little away.
 *
 * Input `[batch, steps, channels]`, output the same. No weights.
 *
 * @throws {ShapeError} when the input is not a sequence
 * @see Tompson et al., "Efficient object localization using convolutional networks", 2014; https://keras.io/api/layers/regularization_layers/spatial_dropout1d/
 */
export class SpatialDropout1D extends Layer<SpatialDropout1DOptions> {
  static override readonly className = 'SpatialDropout1D';
  static override readonly options: LayerTable<SpatialDropout1DOptions> = { rate: rateOption, seed: dropSeedOption };
  override supportsMasking = true;
  override inputSpec: InputSpec | null = spatialSpec(1);

  override call(x: Tensor, context: CallContext): Tensor {
    const [batch, , channels] = x.shape as [number, number, number];
    return drop(asFloat(x), context, { ...this.config, path: this.path, noiseShape: [batch, 1, channels] });
  }

  override computeOutputShape(inputShape: Shape): Shape {
    checkShape(inputShape, spatialSpec(1), this.describe());
    return inputShape;
  }
}

/** A {@link SpatialDropout1D} layer. */
export const spatialDropout1d = (given: SpatialDropout1DOptions): SpatialDropout1D => new SpatialDropout1D(given);
