import { ClassTable, type ConfigurableClass, isSerialized, type Serialized } from '@jogak/layers';
import { ConfigError, type Json, options } from '@jogak/ops';
import { BinaryCrossentropy, CategoricalCrossentropy, SparseCategoricalCrossentropy } from './cross-entropy.js';
import { FunctionLoss, type LossFunction } from './function-loss.js';
import { CategoricalHinge, Hinge, SquaredHinge } from './hinge.js';
import { Loss } from './loss.js';
import { KLDivergence, Poisson } from './probabilities.js';
import {
  CosineSimilarity,
  Huber,
  LogCosh,
  MeanAbsoluteError,
  MeanAbsolutePercentageError,
  MeanSquaredError,
  MeanSquaredLogarithmicError,
} from './regression.js';

/** A loss, the name of one (`'meanSquaredError'`, `'mean_squared_error'`, `'mse'`), a function, or a serialized form. */
export type LossLike = Loss | string | LossFunction | Serialized;

const alias = (className: string): Serialized => ({ className, config: {} });

const table = /* @__PURE__ */ new ClassTable<Loss>(
  'loss',
  Loss,
  [
    BinaryCrossentropy,
    CategoricalCrossentropy,
    SparseCategoricalCrossentropy,
    MeanSquaredError,
    MeanAbsoluteError,
    MeanAbsolutePercentageError,
    MeanSquaredLogarithmicError,
    Huber,
    LogCosh,
    CosineSimilarity,
    KLDivergence,
    Poisson,
    Hinge,
    SquaredHinge,
    CategoricalHinge,
  ],
  {
    bce: alias('BinaryCrossentropy'),
    mse: alias('MeanSquaredError'),
    mae: alias('MeanAbsoluteError'),
    mape: alias('MeanAbsolutePercentageError'),
    msle: alias('MeanSquaredLogarithmicError'),
    kld: alias('KLDivergence'),
    // Names of tfjs-layers and of earlier versions of Keras.
    kullbackLeiblerDivergence: alias('KLDivergence'),
    cosineProximity: alias('CosineSimilarity'),
    huberLoss: alias('Huber'),
  },
);

/** Whether a loss is of a class of this package, not a user's own. */
export const isBuiltInLoss = (loss: Loss): boolean => table.isBuiltIn(loss);

/** Classes of functions that {@link registerLoss} made known. */
const classesOfFunctions = new Map<LossFunction, new () => FunctionLoss>();

/**
 * The loss that an identifier stands for.
 *
 * @throws {ConfigError} when there is none of the name, or it is nothing that can stand for a loss
 */
export function getLoss(identifier: LossLike): Loss {
  if (typeof identifier === 'function' && isFunction(identifier)) {
    const known = classesOfFunctions.get(identifier);
    return known ? new known() : new FunctionLoss(identifier);
  }
  if (identifier instanceof Loss || typeof identifier === 'string' || isSerialized(identifier)) return table.get(identifier);
  throw new ConfigError(
    `a loss must be a Loss, the name of one, or a function of targets and predictions; got ${options.show(identifier)}`,
  );
}

/**
 * Makes a loss of one's own known to files and by name: a class by its `className`, a function by its `name`.
 *
 * @throws {ConfigError} when a function has no name
 */
export function registerLoss(loss: ConfigurableClass<Loss> | LossFunction): void {
  if (!isFunction(loss)) {
    table.register(loss);
    return;
  }
  if (!loss.name) throw new ConfigError('a function without a name cannot be registered as a loss: give it one');
  const type = registeredClass(loss);
  classesOfFunctions.set(loss, type);
  table.register(type);
}

function registeredClass(fn: LossFunction): ConfigurableClass<FunctionLoss> & (new () => FunctionLoss) {
  return class extends FunctionLoss {
    static override readonly className: string = fn.name;

    constructor() {
      super(fn);
    }

    override getConfig(): Record<string, Json> {
      return {};
    }
  };
}

function isFunction(loss: ConfigurableClass<Loss> | LossFunction): loss is LossFunction {
  return !(loss.prototype instanceof Loss);
}
