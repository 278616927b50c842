import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { hasKernel } from '../engine.js';
import { normalValues, type RandomKey, TRUNCATED_LEAST, TRUNCATED_WIDTH, truncatedNormalValues, uniformValues } from '../random.js';
import { RANDOM_FILL, type RandomFillAttrs } from './kernel-contract.js';

/**
 * Uniform numbers in [min, max), float32, of any shape: those of `uniformValues`, drawn by the backend where it has a kernel for it. They are a
 * function of the key alone, the same bits on every backend.
 *
 * @param min @default 0
 * @param max @default 1
 */
export function keyedUniform(key: RandomKey, shape: readonly number[], min = 0, max = 1): Tensor {
  if (!hasKernel(RANDOM_FILL)) return tf.tensor(uniformValues(key, shape, min, max), [...shape], 'float32');
  return fill({ ...key, shape, distribution: 'uniform', min, scale: (max - min) / 16777216 });
}

/**
 * Normally distributed numbers, float32, of any shape: those of `normalValues`, drawn by the backend where it has a kernel for it. They are a
 * function of the key alone, the same bits on every backend.
 *
 * @param mean @default 0
 * @param stddev standard deviation @default 1
 */
export function keyedNormal(key: RandomKey, shape: readonly number[], mean = 0, stddev = 1): Tensor {
  if (!hasKernel(RANDOM_FILL)) return tf.tensor(normalValues(key, shape, mean, stddev), [...shape], 'float32');
  return fill({ ...key, shape, distribution: 'normal', mean, stddev, least: 0, width: 1 });
}

/**
 * Normally distributed numbers no further than two standard deviations from the mean, float32, of any shape: those of
 * `truncatedNormalValues`, drawn by the backend where it has a kernel for it. They are a function of the key alone, the same bits on every
 * backend.
 *
 * @param mean @default 0
 * @param stddev standard deviation before truncation @default 1
 */
export function keyedTruncatedNormal(key: RandomKey, shape: readonly number[], mean = 0, stddev = 1): Tensor {
  if (!hasKernel(RANDOM_FILL)) return tf.tensor(truncatedNormalValues(key, shape, mean, stddev), [...shape], 'float32');
  return fill({ ...key, shape, distribution: 'normal', mean, stddev, least: TRUNCATED_LEAST, width: TRUNCATED_WIDTH });
}

function fill(attrs: RandomFillAttrs): Tensor {
  return tf.engine().runKernel(RANDOM_FILL, {}, attrs as unknown as tf.NamedAttrMap);
}
