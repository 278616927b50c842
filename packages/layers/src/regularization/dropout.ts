import { options, ShapeError, type Tensor } from '@jogak/ops';
import { asFloat } from '../base/as-float.js';
import type { CallContext } from '../base/call-context.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';
import { showShape } from '../base/shape.js';
import { drop, dropSeedOption, rateOption } from './drop.js';

/** Options of {@link dropout}. */
export interface DropoutOptions extends LayerOptions {
  /** Fraction of the inputs that is set to zero, from 0 to below 1. */
  rate: number;
  /** Shape of the mask, 1 along the axes on which it repeats, null for the input's size: `[null, 1, null]`. @default null: the input's */
  noiseShape?: readonly (number | null)[] | null;
  /** @default null: drawn from the global seed */
  seed?: number | null;
}

/**
 * Sets a random part of its input to zero while training, and scales the rest by `1 / (1 − rate)`; otherwise passes it on.
 *
 * Input and output of any one shape. No weights. What is dropped depends on the seed, the layer's path, the training step and the
 * element, so a run that is resumed drops what an unbroken one would have.
 *
 * @throws {ShapeError} when `noiseShape` does not fit the input
 * @see Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014; https://keras.io/api/layers/regularization_layers/dropout/
 */
export class Dropout extends Layer<DropoutOptions> {
  static override readonly className = 'Dropout';
  static override readonly options: LayerTable<DropoutOptions> = {
    rate: rateOption,
    noiseShape: options.nullable(options.listOf(options.nullable(options.positiveInteger()), undefined, 'a list of sizes and nulls')),
    seed: dropSeedOption,
  };
  override supportsMasking = true;

  override call(x: Tensor, context: CallContext): Tensor {
    return drop(asFloat(x), context, { ...this.config, path: this.path, noiseShape: this.noiseShape(x.shape) });
  }

  private noiseShape(shape: readonly number[]): number[] {
    const given = this.config.noiseShape ?? shape.map(() => null);
    if (given.length !== shape.length || given.some((size, axis) => size !== null && size !== 1 && size !== shape[axis])) {
      throw new ShapeError(
        `${this.describe()}: noiseShape must have the input's sizes, 1 or null along its axes; got ${showShape(given)} for ${showShape(shape)}`,
      );
    }
    return shape.map((size, axis) => given[axis] ?? size);
  }
}

/** A {@link Dropout} layer. */
export const dropout = (given: DropoutOptions): Dropout => new Dropout(given);
