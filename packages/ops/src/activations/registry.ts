import type { Tensor } from '@tensorflow/tfjs-core';
import { ConfigError } from '../errors.js';
import { show, suggestion } from '../options/index.js';
import * as all from './functions.js';

/** An activation: a differentiable function of a float tensor, of any shape, to one of the same shape (half of the axis for `glu`). */
export type ActivationFunction = (x: Tensor) => Tensor;

// `threshold` has no default for its options, and so cannot be asked for by name.
const { threshold: _threshold, hardSwish, swish, ...firstNames } = all;

/** By name; a function is written into a config by the first of its names. */
const functions: ReadonlyMap<string, ActivationFunction> = new Map(Object.entries({ ...firstNames, hardSwish, swish }));
const names: readonly string[] = [...functions.keys()].sort();
const snakeCase = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * The activation of this name, Keras' (`hard_sigmoid`) or in camelCase (`hardSigmoid`); a function is given back as it is.
 *
 * @throws {ConfigError} when there is none: it names the likeliest one, or all.
 */
export function getActivation(identifier: string | ActivationFunction): ActivationFunction {
  if (typeof identifier === 'function') return identifier;
  const found = typeof identifier === 'string' ? functions.get(camelCase(identifier)) : undefined;
  if (found) return found;
  const known = typeof identifier === 'string' ? suggestion(identifier, names) : `; there are: ${names.join(', ')}`;
  throw new ConfigError(`there is no activation ${show(identifier)}${known}`);
}

/**
 * The name that Keras gives an activation (`hard_sigmoid`), for configs.
 *
 * @throws {ConfigError} when it is not one of {@link activations}: a function of one's own has no name another program could find it by.
 */
export function activationName(activation: ActivationFunction): string {
  for (const [name, known] of functions) if (known === activation) return snakeCase(name);
  throw new ConfigError(
    `${show(activation)} is not one of the named activations, so it cannot be written into a config; use one of: ${names.join(', ')}`,
  );
}
