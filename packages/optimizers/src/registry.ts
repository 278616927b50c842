import { ConfigError, options } from '@jogak/ops';
import { Adagrad } from './adagrad.js';
import { Adam } from './adam.js';
import { AdamW } from './adamw.js';
import { Optimizer, type OptimizerClass } from './optimizer.js';
import { RMSprop } from './rmsprop.js';
import { SGD } from './sgd.js';

/** An optimizer as a saved model holds it. */
export interface OptimizerConfig {
  readonly className: string;
  readonly config: object;
}

/** What stands for an optimizer: its name (`adam`), its config, or itself. */
export type OptimizerLike = string | OptimizerConfig | Optimizer;

const classes = /* @__PURE__ */ new Map<string, OptimizerClass>(
  [SGD, RMSprop, Adam, AdamW, Adagrad].map(type => [key(type.className), type]),
);

/**
 * Makes {@link getOptimizer} know a class of one's own.
 *
 * @throws {ConfigError} when another class has that name, whatever its case
 */
export function registerOptimizer(type: OptimizerClass): void {
  const known = classes.get(key(type.className));
  if (known !== undefined && known !== type)
    throw new ConfigError(`there is another optimizer of the class name "${known.className}"; choose a name of your own`);
  classes.set(key(type.className), type);
}

/**
 * The optimizer that `identifier` stands for: an optimizer is itself; a name (`adam`, `RMSProp`: in any case) is one with all
 * defaults; `{className, config}` is one with these options, in which TensorFlow.js' `Momentum` is SGD's.
 *
 * @throws {ConfigError} when there is no such class, the config is wrong, or it is nothing that can stand for an optimizer
 */
export function getOptimizer(identifier: OptimizerLike): Optimizer {
  if (identifier instanceof Optimizer) return identifier;
  if (typeof identifier !== 'string' && typeof identifier?.className !== 'string')
    throw new ConfigError(`an optimizer must be an Optimizer, the name of one, or {className, config}; got ${options.show(identifier)}`);
  const { className, config } = typeof identifier === 'string' ? { className: identifier, config: {} } : identifier;
  const type = className === 'Momentum' ? SGD : classes.get(key(className));
  if (type === undefined) {
    const names = [...classes.keys()];
    throw new ConfigError(`there is no optimizer "${className}"${options.suggestion(className, names)}`);
  }
  return new type(config as never);
}

/** An optimizer as {@link getOptimizer} reads it. */
export function serializeOptimizer(optimizer: Optimizer): OptimizerConfig {
  return { className: optimizer.className, config: optimizer.getConfig() };
}

function key(className: string): string {
  return className.toLowerCase();
}
