import { add, addN, clipByValue, div, maximum, minimum, mul, sqrt, square, sub, sum, type Tensor } from '@jogak/ops';
import type { CompleteOptions } from './options.js';

/**
 * The gradients, no larger than the options allow: each no longer than `clipnorm`, all together no longer than `globalClipnorm`, or no
 * element beyond ±`clipvalue`. Without any of them, `gradients` as they are.
 */
export function clipGradients(gradients: readonly Tensor[], config: CompleteOptions): readonly Tensor[] {
  const { clipnorm, globalClipnorm, clipvalue } = config;
  if (clipnorm !== null) return gradients.map(gradient => div(mul(gradient, clipnorm), maximum(norm([gradient]), clipnorm)));
  if (clipvalue !== null) return gradients.map(gradient => clipByValue(gradient, -clipvalue, clipvalue));
  if (globalClipnorm === null) return gradients;
  const length = norm(gradients);
  const scale = mul(globalClipnorm, minimum(div(1, length), 1 / globalClipnorm));
  // Adds 0, or NaN when the norm is not finite: an infinite gradient must show, not pass as a step of length 0.
  const checked = add(scale, sub(length, length));
  return gradients.map(gradient => mul(gradient, checked));
}

/** Euclidean norm of all elements together, a scalar. */
function norm(tensors: readonly Tensor[]): Tensor {
  return sqrt(addN(tensors.map(tensor => sum(square(tensor)))));
}
