import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { stopGradient } from '../stop-gradient.js';

/** `relu6(x + 3) / 6`: Keras 3's; that of Keras 2 and tfjs-layers was `0.2 · x + 0.5`, cut to 0 and 1. */
export const hardSigmoid = (x: Tensor): Tensor => tf.tidy(() => tf.div(tf.relu6(tf.add(x, 3)), 6));

/**
 * `0.2 · x + 0.5`, cut to 0 and 1: the `hardSigmoid` of tfjs-layers and of Keras before 3, which models saved by them mean.
 */
export const legacyHardSigmoid = (x: Tensor): Tensor => tf.tidy(() => tf.clipByValue(tf.add(tf.mul(x, 0.2), 0.5), 0, 1));

/** `x · hardSigmoid(x)`, also known as hard swish. [Howard et al. 2019](https://arxiv.org/abs/1905.02244). */
export const hardSilu = (x: Tensor): Tensor => tf.tidy(() => tf.mul(x, hardSigmoid(x)));

/** `x`, cut to −1 and 1. */
export const hardTanh = (x: Tensor): Tensor => tf.clipByValue(x, -1, 1);

/** Options of {@link softShrink} and {@link hardShrink}. */
export interface ShrinkOptions {
  /** Values no further from 0 become 0. @default 0.5 */
  threshold?: number;
}

/** `x`, moved towards 0 by `threshold`; 0 where it is no further from it. */
export const softShrink = (x: Tensor, { threshold = 0.5 }: ShrinkOptions = {}): Tensor =>
  tf.tidy(() => tf.sub(tf.relu(tf.sub(x, threshold)), tf.relu(tf.sub(tf.neg(x), threshold))));

/** `x` where it is further from 0 than `threshold`, else 0. */
export const hardShrink = (x: Tensor, { threshold = 0.5 }: ShrinkOptions = {}): Tensor =>
  tf.tidy(() => tf.where(stopGradient(tf.greater(tf.abs(x), threshold)), x, tf.zerosLike(x)));

/** 0 up to −1, `x` from 1 on, `(x + 1)² / 4` between. */
export const sparsePlus = (x: Tensor): Tensor =>
  tf.tidy(() => tf.add(tf.div(tf.square(tf.add(tf.clipByValue(x, -1, 1), 1)), 4), tf.relu(tf.sub(x, 1))));

/** `(x + 1) / 2`, cut to 0 and 1. */
export const sparseSigmoid = (x: Tensor): Tensor => tf.tidy(() => tf.clipByValue(tf.div(tf.add(x, 1), 2), 0, 1));
