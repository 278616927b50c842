export { ACTIVATION_GRAD } from './activation-grad.js';
export { CONVOLVE_FILTER_GRAD, type ConvolveFilterGradAttrs } from './convolve-filter-grad.js';
export { type ConvolveLinearOptions, convolveLinear } from './convolve-linear.js';
export type { FusedActivation } from './fused-activation.js';
export { linear } from './linear.js';
