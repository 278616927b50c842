import { options } from '@jogak/ops';
import { type ActivationLike, activationOption } from '../base/activation-option.js';
import type { LayerOptions, LayerTable } from '../base/layer.js';
import { type ConstraintLike, constraintTable } from '../constraints/index.js';
import { type InitializerLike, initializerTable } from '../initializers/index.js';
import { type RegularizerLike, regularizerTable } from '../regularizers/index.js';

/** Options that the cells of {@link simpleRNN}, {@link lstm} and {@link gru} share, and that those layers hand on to them. */
export interface CellOptions extends LayerOptions {
  /** Size of the output, and of each state. */
  units: number;
  /** @default 'tanh' */
  activation?: ActivationLike;
  /** @default true */
  useBias?: boolean;
  /** @default 'glorotUniform' */
  kernelInitializer?: InitializerLike;
  /** @default 'orthogonal' */
  recurrentInitializer?: InitializerLike;
  /** @default 'zeros' */
  biasInitializer?: InitializerLike;
  /** @default null */
  kernelRegularizer?: RegularizerLike | null;
  /** @default null */
  recurrentRegularizer?: RegularizerLike | null;
  /** @default null */
  biasRegularizer?: RegularizerLike | null;
  /** @default null */
  kernelConstraint?: ConstraintLike | null;
  /** @default null */
  recurrentConstraint?: ConstraintLike | null;
  /** @default null */
  biasConstraint?: ConstraintLike | null;
  /** Fraction of the input's features that is dropped while training, the same ones at every time step. @default 0 */
  dropout?: number;
  /** Fraction of the state that is dropped on its way into the gates while training, the same at every time step. @default 0 */
  recurrentDropout?: number;
  /** Seed of the dropout. @default null: the global seed */
  seed?: number | null;
}

/** The table of {@link CellOptions}. */
export const cellOptions: LayerTable<CellOptions> = {
  units: options.required(options.positiveInteger()),
  activation: activationOption('tanh'),
  useBias: options.boolean(true),
  kernelInitializer: initializerTable.option('glorotUniform'),
  recurrentInitializer: initializerTable.option('orthogonal'),
  biasInitializer: initializerTable.option('zeros'),
  kernelRegularizer: regularizerTable.nullableOption(),
  recurrentRegularizer: regularizerTable.nullableOption(),
  biasRegularizer: regularizerTable.nullableOption(),
  kernelConstraint: constraintTable.nullableOption(),
  recurrentConstraint: constraintTable.nullableOption(),
  biasConstraint: constraintTable.nullableOption(),
  dropout: options.number(0, { min: 0, below: 1 }),
  recurrentDropout: options.number(0, { min: 0, below: 1 }),
  seed: options.nullable(options.integer(undefined, { min: 0 })),
};

/** Options of cells that have gates. */
export interface GatedCellOptions extends CellOptions {
  /** Activation of the gates. @default 'sigmoid' */
  recurrentActivation?: ActivationLike;
  /**
   * 1 gives every gate a dropout mask of its own, 2 one mask of the input for all. With `recurrentDropout` it is always 1. The
   * results are the same otherwise.
   * @default 2
   */
  implementation?: 1 | 2;
}

/** The table of {@link GatedCellOptions}. */
export const gatedCellOptions: LayerTable<GatedCellOptions> = {
  ...cellOptions,
  recurrentActivation: activationOption('sigmoid'),
  implementation: {
    required: false,
    default: 2,
    parse: value => {
      if (value !== 1 && value !== 2) throw new options.Expected('1 or 2');
      return value;
    },
    serialize: value => value,
  },
};

/** Those of a layer's options that are in `table`: what it hands on to its cell. */
export function ownOptions<Options extends LayerOptions>(table: LayerTable<Options>, config: object): Options {
  return Object.fromEntries(Object.keys(table).map(key => [key, (config as Record<string, unknown>)[key]])) as unknown as Options;
}
