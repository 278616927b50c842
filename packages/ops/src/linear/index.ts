export { ACTIVATION_GRAD, type FusedActivation } from './activation-grad.js';
export { type ConvolveLinearOptions, convolveLinear } from './convolve-linear.js';
export { linear } from './linear.js';
