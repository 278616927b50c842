import { type ActivationFunction, activationName } from '@jogak/ops';
import type { Layer } from './base/layer.js';
import { hasOwnMethods } from './base/own-methods.js';
import { Lambda } from './core/lambda.js';
import { type Regularizer, regularizerTable } from './regularizers/index.js';
import { isOfBuiltInClass } from './serialization.js';

/**
 * Whether nothing but this package's code computes in a layer: it is of a class of the package, and no function, activation or regularizer of
 * a user's own was given to it, no method was put onto it. The layers that it holds are not looked at.
 */
export function isBuiltIn(layer: Layer): boolean {
  if (!isOfBuiltInClass(layer) || layer instanceof Lambda || hasOwnMethods(layer)) return false;
  return Object.entries(layer.config as Record<string, unknown>).every(([name, value]) => {
    if (typeof value === 'function') return isNamed(value as ActivationFunction);
    return !name.toLowerCase().endsWith('regularizer') || value === null || regularizerTable.isBuiltIn(value as Regularizer);
  });
}

function isNamed(activation: ActivationFunction): boolean {
  try {
    activationName(activation);
    return true;
  } catch {
    return false;
  }
}
