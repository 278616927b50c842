export * as activations from './functions.js';
export { type ActivationFunction, activationName, getActivation } from './registry.js';
