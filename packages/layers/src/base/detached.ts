import { customGrad, type Tensor } from '@jogak/ops';

/**
 * What `compute` gives, cut off from the tape. A mask is computed from what is differentiated by ops that have no gradient
 * (`notEqual`): tfjs-core would ask for theirs, though nothing ever flows through a mask. A function without tensor arguments
 * depends on nothing.
 */
export function detached(compute: () => Tensor): Tensor {
  return customGrad(() => ({ value: compute(), gradFunc: () => [] }))();
}
