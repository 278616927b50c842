import { all, isFinite as isFiniteElementwise, type Tensor } from '@jogak/ops';
import type { Model } from './model.js';

const finite = (tensor: Tensor): boolean => tensor.dtype !== 'float32' || all(isFiniteElementwise(tensor)).dataSync()[0] === 1;

/** Where numbers stop being finite, and what may help, in words. */
export interface NonFinite {
  readonly where: string;
  readonly remedy: string;
}

const SMALLER = 'Try a lower learning rate, clipping (clipnorm: 1), or scaling the inputs to about -1 … 1';

/** Where numbers first stop being finite: in the inputs, in a layer's weights, or in its outputs. Called inside a `tidy`. */
export function nonFiniteLayer(model: Model, x: Tensor[]): NonFinite {
  if (!x.every(finite)) return { where: 'the inputs hold NaN or infinite numbers', remedy: 'Take them out, or put numbers in their place' };
  let where: string | null = null;
  model.forward(x, { training: false, mask: null, step: 0 }, (layer, outputs) => {
    if (where) return;
    const weight = layer.weights.find(candidate => !finite(candidate.value));
    if (weight) where = `the weight "${weight.path}" of ${layer.describe()} is not finite`;
    else if (!(Array.isArray(outputs) ? outputs : [outputs]).every(finite))
      where = `${layer.describe()} is the first layer whose outputs are not finite`;
  });
  if (where) return { where, remedy: SMALLER };
  return {
    where: 'the outputs are finite, and so large that their loss is not, or the targets or sample weights are not',
    remedy: SMALLER,
  };
}
