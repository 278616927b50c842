import { type DataType, getRandomSeed, type Option, options, type RandomKey, randomKey, type Tensor } from '@jogak/ops';
import { Configurable } from '../base/configurable.js';

/** Makes the first values of a weight. */
export abstract class Initializer<Options extends object = object> extends Configurable<Options> {
  /**
   * @param shape of the weight
   * @param dtype @default 'float32'
   * @param key what random values are keyed by: the seed and the weight's path. An initializer with a seed of its own uses that instead.
   */
  abstract apply(shape: number[], dtype?: DataType, key?: RandomKey): Tensor;
}

/** Options of initializers that draw. */
export interface SeedOptions {
  /** Makes every weight of one shape start from the same values. @default null: drawn from the global seed and the weight's path */
  seed?: number | null;
}

/** The seed among an initializer's options. */
export const seedOption: Option<number | null> = options.nullable(options.integer(undefined, { min: 0 }));

/** Base of initializers that draw. */
export abstract class RandomInitializer<Options extends SeedOptions> extends Initializer<Options> {
  /** The values, float32 of `shape`, drawn with `key`. */
  protected abstract draw(shape: number[], key: RandomKey): Tensor;

  override apply(shape: number[], _dtype: DataType = 'float32', key: RandomKey = randomKey(getRandomSeed())): Tensor {
    const { seed } = this.config as { seed: number | null };
    return this.draw(shape, seed === null ? key : randomKey(seed));
  }
}
