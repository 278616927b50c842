import { ConfigError, options } from '@jogak/ops';
import { Callback, type CallbackFunctions } from './callback.js';

const hooks = [
  'onTrainBegin',
  'onTrainEnd',
  'onEpochBegin',
  'onEpochEnd',
  'onEpochDone',
  'onBatchBegin',
  'onBatchEnd',
  'onError',
  'onTestBegin',
  'onTestEnd',
] as const;

/**
 * A callback made of functions.
 *
 * @throws {ConfigError} for anything but a plain object, and for a hook that there is not: tfjs-layers ignores it, and early stopping with it
 * @see https://keras.io/api/callbacks/lambda_callback/
 */
export class LambdaCallback extends Callback {
  constructor(functions: CallbackFunctions) {
    super();
    // Hooks of a class' prototype would be passed over.
    if (typeof functions !== 'object' || functions === null || ![Object.prototype, null].includes(Object.getPrototypeOf(functions)))
      throw new ConfigError(
        `a callback must be an object of functions, ${hooks.slice(0, 4).join(', ')} …, or of a class that extends Callback; got ${options.show(functions)}`,
      );
    for (const [name, hook] of Object.entries(functions)) {
      if (!(hooks as readonly string[]).includes(name))
        throw new ConfigError(`there is no callback hook "${name}"${options.suggestion(name, hooks)}`);
      if (typeof hook !== 'function') throw new ConfigError(`the callback hook ${name} must be a function; got ${options.show(hook)}`);
      Object.defineProperty(this, name, { value: hook });
    }
  }
}

/** A {@link LambdaCallback}. */
export const lambdaCallback = (functions: CallbackFunctions): LambdaCallback => new LambdaCallback(functions);
