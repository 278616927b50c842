import { keyedNormal, keyedTruncatedNormal, keyedUniform, options, type RandomKey, type Tensor } from '@jogak/ops';
import type { TableOf } from '../base/configurable.js';
import { RandomInitializer, type SeedOptions, seedOption } from './initializer.js';

/** Options of {@link varianceScaling}. */
export interface VarianceScalingOptions extends SeedOptions {
  /** Variance times the fan. @default 1 */
  scale?: number;
  /** The fan: inputs, outputs or the mean of both. @default 'fanIn' */
  mode?: 'fanIn' | 'fanOut' | 'fanAvg';
  /** @default 'truncatedNormal' */
  distribution?: 'truncatedNormal' | 'untruncatedNormal' | 'uniform' | 'normal';
}

/** Standard deviation of a standard normal distribution cut at two. */
const truncatedDeviation = 0.87962566103423978;

/** Numbers of inputs and outputs of a unit, as Keras counts them: a convolution's receptive field counts for both. */
export function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  if (shape.length < 2) return { fanIn: Math.max(1, shape[0] ?? 1), fanOut: Math.max(1, shape[0] ?? 1) };
  const field = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return { fanIn: field * (shape.at(-2) as number), fanOut: field * (shape.at(-1) as number) };
}

/** How a {@link VarianceScaling} draws. */
type Scaling = Required<Omit<VarianceScalingOptions, 'seed'>>;

function drawScaled(shape: number[], key: RandomKey, { scale, mode, distribution }: Scaling): Tensor {
  const { fanIn, fanOut } = fans(shape);
  const fan = mode === 'fanIn' ? fanIn : mode === 'fanOut' ? fanOut : (fanIn + fanOut) / 2;
  const variance = scale / Math.max(1, fan);
  if (distribution === 'uniform') {
    const limit = Math.sqrt(3 * variance);
    return keyedUniform(key, shape, -limit, limit);
  }
  if (distribution === 'untruncatedNormal') return keyedNormal(key, shape, 0, Math.sqrt(variance));
  return keyedTruncatedNormal(key, shape, 0, Math.sqrt(variance) / truncatedDeviation);
}

/**
 * Random values whose variance is `scale` over a fan, so that signals keep their size from layer to layer.
 *
 * @see https://keras.io/api/layers/initializers/#variancescaling-class
 */
export class VarianceScaling extends RandomInitializer<VarianceScalingOptions> {
  static override readonly className = 'VarianceScaling';
  static override readonly options: TableOf<VarianceScalingOptions> = {
    scale: options.number(1, { above: 0 }),
    mode: options.oneOf(['fanIn', 'fanOut', 'fanAvg'], 'fanIn'),
    distribution: options.oneOf(['truncatedNormal', 'untruncatedNormal', 'uniform', 'normal'], 'truncatedNormal'),
    seed: seedOption,
  };

  protected override draw(shape: number[], key: RandomKey): Tensor {
    return drawScaled(shape, key, this.config);
  }
}

/** A scaling that has a name of its own, and a seed as its only option. */
abstract class NamedScaling extends RandomInitializer<SeedOptions> {
  static override readonly options: TableOf<SeedOptions> = { seed: seedOption };
  protected abstract readonly scaling: Scaling;

  protected override draw(shape: number[], key: RandomKey): Tensor {
    return drawScaled(shape, key, this.scaling);
  }
}

/** Uniform, variance 2 / (fan in + fan out): Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010. */
export class GlorotUniform extends NamedScaling {
  static override readonly className = 'GlorotUniform';
  protected override readonly scaling = { scale: 1, mode: 'fanAvg', distribution: 'uniform' } as const;
}

/** Truncated normal, variance 2 / (fan in + fan out). */
export class GlorotNormal extends NamedScaling {
  static override readonly className = 'GlorotNormal';
  protected override readonly scaling = { scale: 1, mode: 'fanAvg', distribution: 'truncatedNormal' } as const;
}

/** Uniform, variance 2 / fan in: He et al., "Delving deep into rectifiers", 2015. */
export class HeUniform extends NamedScaling {
  static override readonly className = 'HeUniform';
  protected override readonly scaling = { scale: 2, mode: 'fanIn', distribution: 'uniform' } as const;
}

/** Truncated normal, variance 2 / fan in. */
export class HeNormal extends NamedScaling {
  static override readonly className = 'HeNormal';
  protected override readonly scaling = { scale: 2, mode: 'fanIn', distribution: 'truncatedNormal' } as const;
}

/** Uniform, variance 1 / fan in: LeCun et al., "Efficient backprop", 1998. */
export class LeCunUniform extends NamedScaling {
  static override readonly className = 'LecunUniform';
  protected override readonly scaling = { scale: 1, mode: 'fanIn', distribution: 'uniform' } as const;
}

/** Truncated normal, variance 1 / fan in. */
export class LeCunNormal extends NamedScaling {
  static override readonly className = 'LecunNormal';
  protected override readonly scaling = { scale: 1, mode: 'fanIn', distribution: 'truncatedNormal' } as const;
}

export const varianceScaling = (given: VarianceScalingOptions = {}): VarianceScaling => new VarianceScaling(given);
export const glorotUniform = (given: SeedOptions = {}): GlorotUniform => new GlorotUniform(given);
export const glorotNormal = (given: SeedOptions = {}): GlorotNormal => new GlorotNormal(given);
export const heUniform = (given: SeedOptions = {}): HeUniform => new HeUniform(given);
export const heNormal = (given: SeedOptions = {}): HeNormal => new HeNormal(given);
export const leCunUniform = (given: SeedOptions = {}): LeCunUniform => new LeCunUniform(given);
export const leCunNormal = (given: SeedOptions = {}): LeCunNormal => new LeCunNormal(given);
