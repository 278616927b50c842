import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { SOFTMAX_GRAD } from '../cross-entropy/kernel-contract.js';
import { hasKernel } from '../engine.js';
import { ShapeError } from '../errors.js';

/** Options of the activations that look along an axis. */
export interface AxisOptions {
  /** @default -1 */
  axis?: number;
}

/** `eˣ / Σ eˣ` along an axis. */
export const softmax = (x: Tensor, { axis = -1 }: AxisOptions = {}): Tensor => onLastAxis('softmax', x, axis, softmaxOfLast);

const fusedSoftmax = tf.customGrad((x, save) => {
  const value = tf.softmax(x as Tensor);
  (save as (tensors: Tensor[]) => void)([value]);
  return {
    value,
    gradFunc: (dy, saved) => tf.engine().runKernel(SOFTMAX_GRAD, { y: (saved as Tensor[])[0]!, dy: dy as Tensor }),
  };
});

/** The gradient is one kernel where there is one for it; but while a second derivative is recorded, which that has not. */
const softmaxOfLast = (x: Tensor): Tensor =>
  hasKernel(SOFTMAX_GRAD) && tf.engine().state.gradientDepth < 2 && x.dtype === 'float32' ? fusedSoftmax(x) : tf.softmax(x);

/** `log(softmax(x))` along an axis, without the logarithm of 0. */
export const logSoftmax = (x: Tensor, { axis = -1 }: AxisOptions = {}): Tensor =>
  onLastAxis('logSoftmax', x, axis, last => tf.logSoftmax(last));

/**
 * The nearest point to `x` on the simplex, along an axis: like softmax, but most probabilities are exactly 0.
 * (Keras 3.15 takes the sum of partial sums for the threshold, so that its values do not sum to 1; here they do.)
 * [Martins & Astudillo 2016](https://arxiv.org/abs/1602.02068).
 */
export const sparsemax = (x: Tensor, { axis = -1 }: AxisOptions = {}): Tensor =>
  onLastAxis('sparsemax', x, axis, last => sparsemaxOfLast(last));

/** Gated linear unit: the first half of the axis, times the sigmoid of the second. [Dauphin et al. 2016](https://arxiv.org/abs/1612.08083). */
export function glu(x: Tensor, { axis = -1 }: AxisOptions = {}): Tensor {
  const at = axisOf('glu', x, axis);
  const size = x.shape[at]!;
  if (size % 2 !== 0) throw new ShapeError(`glu halves axis ${axis}, whose size must be even; got shape [${x.shape.join(', ')}]`);
  return tf.tidy(() => {
    const [value, gate] = tf.split(x, 2, at) as [Tensor, Tensor];
    return tf.mul(value, tf.sigmoid(gate));
  });
}

function axisOf(name: string, x: Tensor, axis: number): number {
  const at = axis < 0 ? axis + x.rank : axis;
  if (!Number.isInteger(at) || at < 0 || at >= x.rank)
    throw new ShapeError(`${name} needs an axis of its input; got axis ${axis} and shape [${x.shape.join(', ')}]`);
  return at;
}

/** tfjs-core's kernels know the last axis only. */
function onLastAxis(name: string, x: Tensor, axis: number, f: (x: Tensor) => Tensor): Tensor {
  const at = axisOf(name, x, axis);
  const last = x.rank - 1;
  if (at === last) return f(x);
  const swap = x.shape.map((_, i) => (i === at ? last : i === last ? at : i));
  return tf.tidy(() => tf.transpose(f(tf.transpose(x, swap)), swap));
}

const sparsemaxOfLast = tf.customGrad((x, save) => {
  const logits = x as Tensor;
  const size = logits.shape.at(-1)!;
  // With the logits sorted downwards, the support is the first k of them: those with 1 + k·zₖ > z₁ + … + zₖ.
  const sorted = tf.topk(logits, size).values;
  // A negative axis is not understood by tfjs' cpu kernel of cumsum.
  const sums = tf.sub(tf.cumsum(sorted, sorted.rank - 1), 1);
  const support = tf.greater(tf.mul(sorted, tf.range(1, size + 1)), sums);
  const count = tf.sum(tf.cast(support, 'float32'), -1, true);
  const total = tf.sub(tf.sum(tf.where(support, sorted, tf.zerosLike(sorted)), -1, true), 1);
  const value = tf.relu(tf.sub(logits, tf.div(total, count)));
  (save as (tensors: Tensor[]) => void)([value]);
  return {
    value,
    gradFunc: (dy, saved) => {
      const kept = tf.cast(tf.greater((saved as Tensor[])[0]!, 0), 'float32');
      const mean = tf.div(tf.sum(tf.mul(dy as Tensor, kept), -1, true), tf.sum(kept, -1, true));
      return tf.mul(tf.sub(dy as Tensor, mean), kept);
    },
  };
});
