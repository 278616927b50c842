import { cast, type Tensor } from '@jogak/ops';

/** `x` itself where it is `float32`, else its values as such: pixels and counts may be given as integers. */
export function asFloat(x: Tensor): Tensor {
  return x.dtype === 'float32' ? x : cast(x, 'float32');
}
