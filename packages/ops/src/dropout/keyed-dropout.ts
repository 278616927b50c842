import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { hasKernel } from '../engine.js';
import { dropoutValues, type RandomKey } from '../random.js';
import { DROPOUT, type DropoutAttrs, type DropoutInputs } from './kernel-contract.js';

/**
 * `x` with each element set to zero with probability `rate`, the rest scaled by `1 / (1 − rate)`. What is dropped is a function of the key
 * and the element: the same on every backend. No mask is kept for the gradient where the backend draws it: it is drawn again.
 *
 * `x` of any shape, float32; the result has its shape.
 *
 * @param rate from 0 to below 1.
 * @see Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", 2014
 */
export function keyedDropout<T extends Tensor>(x: T, key: RandomKey, rate: number): T {
  if (rate === 0) return x;
  if (!hasKernel(DROPOUT)) return tf.tidy(() => tf.mul(x, dropoutMask(key, x.shape, rate)));
  const apply = (values: Tensor): Tensor => runKernel({ x: values }, key, rate, x.shape);
  return tf.customGrad(values => ({ value: apply(values as Tensor), gradFunc: (dy: Tensor) => apply(dy) }))(x) as T;
}

/** What {@link keyedDropout} multiplies with: `1 / (1 − rate)` with probability `1 − rate`, else 0; float32. @param rate above 0, below 1. */
export function dropoutMask(key: RandomKey, shape: readonly number[], rate: number): Tensor {
  return hasKernel(DROPOUT) ? runKernel({}, key, rate, shape) : tf.tensor(dropoutValues(key, shape, rate), [...shape], 'float32');
}

function runKernel(inputs: DropoutInputs<Tensor>, { k0, k1 }: RandomKey, rate: number, shape: readonly number[]): Tensor {
  const attrs: DropoutAttrs = { k0, k1, rate, shape };
  return tf.engine().runKernel(DROPOUT, inputs as NamedTensorMap, attrs as unknown as tf.NamedAttrMap);
}
