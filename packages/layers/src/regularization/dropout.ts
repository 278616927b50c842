import { dropoutValues, getRandomSeed, mul, options, randomKey, type Tensor, tensor } from '@jogak/ops';
import type { CallContext } from '../base/call-context.js';
import { Layer, type LayerOptions, type LayerTable } from '../base/layer.js';

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
 * @see Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014; https://keras.io/api/layers/regularization_layers/dropout/
 */
export class Dropout extends Layer<DropoutOptions> {
  static override readonly className = 'Dropout';
  static override readonly options: LayerTable<DropoutOptions> = {
    rate: options.required(options.number(undefined, { min: 0, below: 1 })),
    noiseShape: options.nullable(options.listOf(options.nullable(options.positiveInteger()), undefined, 'a list of sizes and nulls')),
    seed: options.nullable(options.integer(undefined, { min: 0 })),
  };
  override supportsMasking = true;

  override call(x: Tensor, { training, step }: CallContext): Tensor {
    const { rate, noiseShape, seed } = this.config;
    if (!training || rate === 0) return x;
    const shape = x.shape.map((size, axis) => noiseShape?.[axis] ?? size);
    const key = randomKey(seed ?? getRandomSeed(), this.path, step);
    return mul(x, tensor(dropoutValues(key, shape, rate), shape, 'float32'));
  }
}

/** A {@link Dropout} layer. */
export const dropout = (given: DropoutOptions): Dropout => new Dropout(given);
