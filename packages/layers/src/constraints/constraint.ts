import {
  add,
  clipByValue,
  div,
  maximum,
  mul,
  options,
  type Constraint as Projection,
  sqrt,
  square,
  sum,
  type Tensor,
  tidy,
} from '@jogak/ops';
import { axesOption } from '../base/axes-option.js';
import { ClassTable } from '../base/class-table.js';
import { Configurable, type ConfigurableClass, type Serialized, type TableOf } from '../base/configurable.js';

/** Projects a weight onto the values it may have, after every update. */
export abstract class Constraint<Options extends object = object> extends Configurable<Options> implements Projection {
  /** Tells constraints from regularizers, which look alike otherwise. */
  readonly projects = true;
  /** @param weight of any shape. @returns a weight of the same shape */
  abstract apply(weight: Tensor): Tensor;
}

/** Options of constraints on the norms of a weight's columns. */
export interface NormOptions {
  /** Axis, or axes, over which the norms are taken: 0 for a dense kernel, [0, 1, 2] for a convolution's. @default 0 */
  axis?: number | readonly number[];
}

const norms = (weight: Tensor, axis: readonly number[]): Tensor => sqrt(sum(square(weight), [...axis], true));

/** Options of {@link maxNorm}. */
export interface MaxNormOptions extends NormOptions {
  /** @default 2 */
  maxValue?: number;
}

/** Scales columns down whose norm is above `maxValue`. */
export class MaxNorm extends Constraint<MaxNormOptions> {
  static override readonly className = 'MaxNorm';
  static override readonly options: TableOf<MaxNormOptions> = { maxValue: options.number(2, { above: 0 }), axis: axesOption([0]) };

  override apply(weight: Tensor): Tensor {
    return tidy(() => {
      const norm = norms(weight, this.config.axis);
      return mul(weight, div(clipByValue(norm, 0, this.config.maxValue), add(norm, 1e-7)));
    });
  }
}

/** No weight below zero. */
export class NonNeg extends Constraint {
  static override readonly className = 'NonNeg';

  override apply(weight: Tensor): Tensor {
    return maximum(weight, 0);
  }
}

/** Scales every column to norm 1. */
export class UnitNorm extends Constraint<NormOptions> {
  static override readonly className = 'UnitNorm';
  static override readonly options: TableOf<NormOptions> = { axis: axesOption([0]) };

  override apply(weight: Tensor): Tensor {
    return tidy(() => div(weight, add(norms(weight, this.config.axis), 1e-7)));
  }
}

/** Options of {@link minMaxNorm}. */
export interface MinMaxNormOptions extends NormOptions {
  /** @default 0 */
  minValue?: number;
  /** @default 1 */
  maxValue?: number;
  /** How far a norm outside of the bounds is brought back at each update: 1 is all the way. @default 1 */
  rate?: number;
}

/** Brings the norm of every column between two bounds. */
export class MinMaxNorm extends Constraint<MinMaxNormOptions> {
  static override readonly className = 'MinMaxNorm';
  static override readonly options: TableOf<MinMaxNormOptions> = {
    minValue: options.number(0, { min: 0 }),
    maxValue: options.number(1, { above: 0 }),
    rate: options.number(1, { min: 0, max: 1 }),
    axis: axesOption([0]),
  };

  override apply(weight: Tensor): Tensor {
    return tidy(() => {
      const { minValue, maxValue, rate, axis } = this.config;
      const norm = norms(weight, axis);
      const wanted = add(mul(clipByValue(norm, minValue, maxValue), rate), mul(norm, 1 - rate));
      return mul(weight, div(wanted, add(norm, 1e-7)));
    });
  }
}

export const maxNorm = (given: MaxNormOptions = {}): MaxNorm => new MaxNorm(given);
export const nonNeg = (): NonNeg => new NonNeg({});
export const unitNorm = (given: NormOptions = {}): UnitNorm => new UnitNorm(given);
export const minMaxNorm = (given: MinMaxNormOptions = {}): MinMaxNorm => new MinMaxNorm(given);

/** A constraint, its name (`'nonNeg'`), or its serialized form. */
export type ConstraintLike = Constraint | string | Serialized;

/** The constraints that options and files can name. */
export const constraintTable: ClassTable<Constraint> = /* @__PURE__ */ new ClassTable<Constraint>('constraint', Constraint, [
  MaxNorm,
  MinMaxNorm,
  NonNeg,
  UnitNorm,
]);

/** The constraint that an identifier stands for. @throws {ConfigError} when there is none of the name */
export const getConstraint = (identifier: ConstraintLike): Constraint => constraintTable.get(identifier);

/** Makes a constraint of one's own known to options and files by its `className`. */
export const registerConstraint = (type: ConfigurableClass<Constraint>): void => constraintTable.register(type);
