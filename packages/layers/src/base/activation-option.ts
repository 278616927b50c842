import { type ActivationFunction, activationName, getActivation, type Option, options } from '@jogak/ops';

/** An activation: its name, in camelCase or snake_case, or a function of one's own. */
export type ActivationLike = string | ActivationFunction;

/** An option that is an activation. A function of one's own can be used, but not be saved. */
export function activationOption(defaultName: string): Option<ActivationFunction> {
  return {
    required: false,
    default: getActivation(defaultName),
    parse: value => {
      if (typeof value !== 'string' && typeof value !== 'function') throw new options.Expected('the name of an activation, or a function');
      return getActivation(value as ActivationLike);
    },
    serialize: activationName,
  };
}
