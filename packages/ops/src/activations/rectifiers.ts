import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { stopGradient } from '../stop-gradient.js';

/** Options of {@link relu}. */
export interface ReluOptions {
  /** Slope below the threshold. @default 0 */
  negativeSlope?: number;
  /** Largest value, null for none. @default null */
  maxValue?: number | null;
  /** Values up to it are treated as negative. @default 0 */
  threshold?: number;
}

/** Rectified linear unit: `max(x, 0)`, or with options `min(x, maxValue)` where `x > threshold`, else `negativeSlope · (x − threshold)`. */
export function relu(x: Tensor, { negativeSlope = 0, maxValue = null, threshold = 0 }: ReluOptions = {}): Tensor {
  if (maxValue === null && threshold === 0) return negativeSlope === 0 ? tf.relu(x) : tf.leakyRelu(x, negativeSlope);
  return tf.tidy(() => {
    const above = threshold === 0 ? tf.relu(x) : tf.where(stopGradient(tf.greater(x, threshold)), x, tf.zerosLike(x));
    const positive = maxValue === null ? above : tf.clipByValue(above, 0, maxValue);
    return negativeSlope === 0 ? positive : tf.sub(positive, tf.mul(tf.relu(tf.sub(threshold, x)), negativeSlope));
  });
}

/** Options of {@link leakyRelu}. */
export interface LeakyReluOptions {
  /** Slope for `x < 0`. @default 0.2 */
  negativeSlope?: number;
}

/** `x` where positive, else `negativeSlope · x`. */
export const leakyRelu = (x: Tensor, { negativeSlope = 0.2 }: LeakyReluOptions = {}): Tensor => tf.leakyRelu(x, negativeSlope);

/** `min(max(x, 0), 6)`. */
export const relu6 = (x: Tensor): Tensor => tf.relu6(x);

/** Options of {@link elu} and {@link celu}. */
export interface EluOptions {
  /** Minus the value that is approached for very negative `x`. @default 1 */
  alpha?: number;
}

/** Exponential linear unit: `x` where positive, else `alpha · (eˣ − 1)`. [Clevert et al. 2015](https://arxiv.org/abs/1511.07289). */
export function elu(x: Tensor, { alpha = 1 }: EluOptions = {}): Tensor {
  if (alpha === 1) return tf.elu(x);
  // The exponential sees no positive x: an infinite one there would make the other branch's gradient NaN.
  return tf.tidy(() => tf.add(tf.relu(x), tf.mul(tf.elu(tf.minimum(x, 0)), alpha)));
}

/** Scaled exponential linear unit: `scale · elu(x, alpha)` with the constants of [Klambauer et al. 2017](https://arxiv.org/abs/1706.02515). */
export const selu = (x: Tensor): Tensor => tf.selu(x);

/** Continuously differentiable exponential linear unit: `max(x, 0) + min(0, alpha · (e^(x/alpha) − 1))`. [Barron 2017](https://arxiv.org/abs/1704.07483). */
export const celu = (x: Tensor, { alpha = 1 }: EluOptions = {}): Tensor => tf.tidy(() => tf.mul(tf.elu(tf.div(x, alpha)), alpha));

/** Options of {@link threshold}. */
export interface ThresholdOptions {
  threshold: number;
  /** Value where `x` is not above the threshold. */
  defaultValue: number;
}

/** `x` where it is above the threshold, else `defaultValue`. */
export const threshold = (x: Tensor, options: ThresholdOptions): Tensor =>
  tf.tidy(() => tf.where(stopGradient(tf.greater(x, options.threshold)), x, tf.fill(x.shape, options.defaultValue)));
