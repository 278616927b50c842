export { ByHand, type StepsByHand } from './by-hand.js';
export { ConvolutionNetwork, type ConvolutionNetworkOptions } from './convolution-network.js';
export type { CourseData, CourseFitOptions } from './fit-by-hand.js';
export { type RecurrentGradients, RecurrentNetwork, type RecurrentNetworkOptions } from './recurrent-network.js';
