import { abs, add, mul, options, type Regularizer as Penalty, square, sum, type Tensor } from '@jogak/ops';
import { ClassTable } from '../base/class-table.js';
import { Configurable, type ConfigurableClass, type Serialized, type TableOf } from '../base/configurable.js';

/** A penalty on weights or outputs that is added to the loss. */
export abstract class Regularizer<Options extends object = object> extends Configurable<Options> implements Penalty {
  /** @param weight of any shape. @returns the penalty, a scalar */
  abstract apply(weight: Tensor): Tensor;
}

/** Options of {@link l1l2}. */
export interface L1L2Options {
  /** Factor of the sum of absolute values. @default 0 */
  l1?: number;
  /** Factor of the sum of squares. @default 0 */
  l2?: number;
}

/** `l1 · Σ|w| + l2 · Σw²`. */
export class L1L2 extends Regularizer<L1L2Options> {
  static override readonly className = 'L1L2';
  static override readonly options: TableOf<L1L2Options> = { l1: options.number(0, { min: 0 }), l2: options.number(0, { min: 0 }) };

  override apply(weight: Tensor): Tensor {
    return add(mul(sum(abs(weight)), this.config.l1), mul(sum(square(weight)), this.config.l2));
  }
}

/** Options of {@link l1}. */
export interface L1Options {
  /** @default 0.01 */
  l1?: number;
}

/** `l1 · Σ|w|`. */
export class L1 extends Regularizer<L1Options> {
  static override readonly className = 'L1';
  static override readonly options: TableOf<L1Options> = { l1: options.number(0.01, { min: 0 }) };

  override apply(weight: Tensor): Tensor {
    return mul(sum(abs(weight)), this.config.l1);
  }
}

/** Options of {@link l2}. */
export interface L2Options {
  /** @default 0.01 */
  l2?: number;
}

/** `l2 · Σw²`. */
export class L2 extends Regularizer<L2Options> {
  static override readonly className = 'L2';
  static override readonly options: TableOf<L2Options> = { l2: options.number(0.01, { min: 0 }) };

  override apply(weight: Tensor): Tensor {
    return mul(sum(square(weight)), this.config.l2);
  }
}

export const l1 = (given: L1Options = {}): L1 => new L1(given);
export const l2 = (given: L2Options = {}): L2 => new L2(given);
/** Both penalties, 0.01 each where nothing is given, as Keras and tfjs-layers have it. */
export const l1l2 = (given: L1L2Options = { l1: 0.01, l2: 0.01 }): L1L2 => new L1L2(given);

/** A regularizer, its name (`'l2'`), or its serialized form. */
export type RegularizerLike = Regularizer | string | Serialized;

/** The regularizers that options and files can name. */
export const regularizerTable: ClassTable<Regularizer> = /* @__PURE__ */ new ClassTable<Regularizer>(
  'regularizer',
  Regularizer,
  [L1, L2, L1L2],
  {
    l1l2: { className: 'L1L2', config: { l1: 0.01, l2: 0.01 } },
  },
);

/** The regularizer that an identifier stands for. @throws {ConfigError} when there is none of the name */
export const getRegularizer = (identifier: RegularizerLike): Regularizer => regularizerTable.get(identifier);

/** Makes a regularizer of one's own known to options and files by its `className`. */
export const registerRegularizer = (type: ConfigurableClass<Regularizer>): void => regularizerTable.register(type);
