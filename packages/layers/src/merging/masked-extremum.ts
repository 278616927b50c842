import { expandDims, logicalOr, type Tensor, where } from '@jogak/ops';
import type { Mask } from '../base/call-context.js';

/**
 * Folds `choose` (the larger, or the smaller, of two) over inputs so that what a mask takes out of one does not count: the others'
 * values stand in. There is no number that a maximum and a minimum would both pass over.
 */
export function maskedExtremum(inputs: readonly Tensor[], masks: readonly Mask[], choose: (a: Tensor, b: Tensor) => Tensor): Tensor {
  const expanded = masks.map(mask => mask && expandDims(mask, -1));
  let output = inputs[0] as Tensor;
  let outputMask = expanded[0] ?? null;
  for (const [index, input] of inputs.slice(1).entries()) {
    const mask = expanded[index + 1] ?? null;
    const x = mask ? where(mask, input, output) : input;
    output = choose(outputMask ? where(outputMask, output, x) : output, x);
    outputMask = mask && outputMask ? logicalOr(outputMask, mask) : null;
  }
  return output;
}
