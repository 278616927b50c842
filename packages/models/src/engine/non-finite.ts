import { all, isFinite as isFiniteElementwise, type Tensor } from '@jogak/ops';
import type { Model } from './model.js';

const finite = (tensor: Tensor): boolean => tensor.dtype !== 'float32' || all(isFiniteElementwise(tensor)).dataSync()[0] === 1;

/** In words, where numbers first stop being finite: in the inputs, in a layer's weights, or in its outputs. Called inside a `tidy`. */
export function nonFiniteLayer(model: Model, x: Tensor[]): string {
  if (!x.every(finite)) return 'the inputs hold NaN or infinite numbers';
  let found: string | null = null;
  model.forward(x, { training: false, mask: null, step: 0 }, (layer, outputs) => {
    if (found) return;
    const weight = layer.weights.find(candidate => !finite(candidate.value));
    if (weight) found = `the weight "${weight.path}" of ${layer.describe()} is not finite`;
    else if (!(Array.isArray(outputs) ? outputs : [outputs]).every(finite))
      found = `${layer.describe()} is the first layer whose outputs are not finite`;
  });
  return found ?? 'the outputs are finite, so the targets, the sample weights or the loss itself are not';
}
