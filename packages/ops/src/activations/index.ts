export type { AxisOptions } from './along-axis.js';
export * as activations from './functions.js';
export type { ShrinkOptions } from './piecewise.js';
export type { EluOptions, LeakyReluOptions, ReluOptions, ThresholdOptions } from './rectifiers.js';
export { type ActivationFunction, activationName, getActivation } from './registry.js';
export type { GeluOptions, SquareplusOptions } from './smooth.js';
