import { type ActivationFunction, activations } from '../activations/index.js';

/** Activations that fused products and convolutions end with here: those whose derivative follows from their value. */
export type FusedActivation = 'linear' | 'relu' | 'sigmoid';

const names: ReadonlyMap<ActivationFunction, FusedActivation> = new Map<ActivationFunction, FusedActivation>([
  [activations.linear, 'linear'],
  [activations.relu, 'relu'],
  [activations.sigmoid, 'sigmoid'],
]);

/** The name by which fused kernels know an activation, undefined where they do not. */
export const fusedActivation = (activation: ActivationFunction): FusedActivation | undefined => names.get(activation);
