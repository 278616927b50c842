import { add, mul, type OptionTable, options, type Parameter, reshape, type Tensor } from '@jogak/ops';
import type { ConfigOf } from '../base/configurable.js';
import { type ConstraintLike, constraintTable } from '../constraints/index.js';
import { type InitializerLike, initializerTable } from '../initializers/index.js';
import { type RegularizerLike, regularizerTable } from '../regularizers/index.js';

/** Options of what normalizations end with: `x̂ · gamma + beta`. */
export interface ScaleAndCenterOptions {
  /** Added to the variance, so that nothing is divided by 0. @default 0.001 */
  epsilon?: number;
  /** Whether `beta` is added. @default true */
  center?: boolean;
  /** Whether `gamma` multiplies. @default true */
  scale?: boolean;
  /** @default 'zeros' */
  betaInitializer?: InitializerLike;
  /** @default 'ones' */
  gammaInitializer?: InitializerLike;
  /** @default null */
  betaRegularizer?: RegularizerLike | null;
  /** @default null */
  gammaRegularizer?: RegularizerLike | null;
  /** @default null */
  betaConstraint?: ConstraintLike | null;
  /** @default null */
  gammaConstraint?: ConstraintLike | null;
}

/** The options of {@link ScaleAndCenterOptions}. */
export const scaleAndCenterTable: OptionTable<ConfigOf<ScaleAndCenterOptions>> = {
  epsilon: options.number(1e-3, { min: 0 }),
  center: options.boolean(true),
  scale: options.boolean(true),
  betaInitializer: initializerTable.option('zeros'),
  gammaInitializer: initializerTable.option('ones'),
  betaRegularizer: regularizerTable.nullableOption(),
  gammaRegularizer: regularizerTable.nullableOption(),
  betaConstraint: constraintTable.nullableOption(),
  gammaConstraint: constraintTable.nullableOption(),
};

/** `x · gamma + beta`, each where it is there, shaped as `shape` so as to fit `x`. */
export function scaleAndCenter(x: Tensor, gamma: Parameter | null, beta: Parameter | null, shape: number[]): Tensor {
  const scaled = gamma ? mul(x, reshape(gamma.value, shape)) : x;
  return beta ? add(scaled, reshape(beta.value, shape)) : scaled;
}
