import { constraints, initializers, Layer, registerLayer, regularizers } from '@jogak/layers';
import { losses, metrics } from '@jogak/models';
import { ConfigError, serialization as ofTensors } from '@jogak/ops';
import { Optimizer, registerOptimizer } from '@jogak/optimizers';

/** A class that files know by its `className`. */
interface NamedClass {
  readonly className: string;
  readonly prototype: object;
}

/** For each kind of class, its base and where its names are kept. */
const kinds: readonly (readonly [base: { readonly prototype: object }, register: (type: never) => void])[] = [
  [Layer, registerLayer],
  [initializers.Initializer, initializers.registerInitializer],
  [regularizers.Regularizer, regularizers.registerRegularizer],
  [constraints.Constraint, constraints.registerConstraint],
  [losses.Loss, losses.registerLoss],
  [metrics.Metric, metrics.registerMetric],
  [Optimizer, registerOptimizer],
];

/**
 * Makes a class of one's own known to files: a layer, initializer, regularizer, constraint, loss, metric or optimizer.
 *
 * @throws {ConfigError} when it has no `className`, or is none of these
 */
function registerClass(type: NamedClass): void {
  if (typeof type.className !== 'string' || type.className === '')
    throw new ConfigError('registerClass: the class needs a static className, by which files know it');
  const kind = kinds.find(([base]) => Object.prototype.isPrototypeOf.call(base.prototype, type.prototype));
  if (!kind)
    throw new ConfigError(
      `registerClass: "${type.className}" must extend Layer, Initializer, Regularizer, Constraint, Loss, Metric or Optimizer of this package`,
    );
  kind[1](type as never);
}

/** TensorFlow.js' `tf.serialization`, whose `registerClass` speaks to our registries. */
export const serialization: Omit<typeof ofTensors, 'registerClass'> & { registerClass: typeof registerClass } = {
  ...ofTensors,
  registerClass,
};
