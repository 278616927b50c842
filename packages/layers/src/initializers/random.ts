import { keyedNormal, keyedTruncatedNormal, keyedUniform, options, type RandomKey, type Tensor } from '@jogak/ops';
import type { TableOf } from '../base/configurable.js';
import { RandomInitializer, type SeedOptions, seedOption } from './initializer.js';

/** Options of {@link randomUniform}. */
export interface RandomUniformOptions extends SeedOptions {
  /** @default -0.05 */
  minval?: number;
  /** @default 0.05 */
  maxval?: number;
}

/** Uniform between `minval` and `maxval`. */
export class RandomUniform extends RandomInitializer<RandomUniformOptions> {
  static override readonly className = 'RandomUniform';
  static override readonly options: TableOf<RandomUniformOptions> = {
    minval: options.number(-0.05),
    maxval: options.number(0.05),
    seed: seedOption,
  };

  protected override draw(shape: number[], key: RandomKey): Tensor {
    return keyedUniform(key, shape, this.config.minval, this.config.maxval);
  }
}

/** Options of {@link randomNormal} and {@link truncatedNormal}. */
export interface RandomNormalOptions extends SeedOptions {
  /** @default 0 */
  mean?: number;
  /** Standard deviation, before truncation. @default 0.05 */
  stddev?: number;
}

const normalOptions: TableOf<RandomNormalOptions> = {
  mean: options.number(0),
  stddev: options.number(0.05, { min: 0 }),
  seed: seedOption,
};

/** Normally distributed. */
export class RandomNormal extends RandomInitializer<RandomNormalOptions> {
  static override readonly className = 'RandomNormal';
  static override readonly options: TableOf<RandomNormalOptions> = normalOptions;

  protected override draw(shape: number[], key: RandomKey): Tensor {
    return keyedNormal(key, shape, this.config.mean, this.config.stddev);
  }
}

/** Normally distributed, with nothing further than two standard deviations from the mean. */
export class TruncatedNormal extends RandomInitializer<RandomNormalOptions> {
  static override readonly className = 'TruncatedNormal';
  static override readonly options: TableOf<RandomNormalOptions> = normalOptions;

  protected override draw(shape: number[], key: RandomKey): Tensor {
    return keyedTruncatedNormal(key, shape, this.config.mean, this.config.stddev);
  }
}

export const randomUniform = (given: RandomUniformOptions = {}): RandomUniform => new RandomUniform(given);
export const randomNormal = (given: RandomNormalOptions = {}): RandomNormal => new RandomNormal(given);
export const truncatedNormal = (given: RandomNormalOptions = {}): TruncatedNormal => new TruncatedNormal(given);
