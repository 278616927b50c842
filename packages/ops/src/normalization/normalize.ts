import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { hasKernel } from '../engine.js';
import { BATCH_NORM, BATCH_NORM_GRAD, LAYER_NORM, LAYER_NORM_GRAD } from './kernel-contract.js';

/** What {@link normalizeBatch} gives. */
export interface NormalizedBatch {
  /** Of the shape of what was normalized. */
  readonly y: Tensor;
  /** `[channels]`; there is no gradient. */
  readonly mean: Tensor;
  /** `[channels]`, divided by the count; there is no gradient. */
  readonly variance: Tensor;
}

/**
 * Brings each channel to mean 0 and variance 1: `(x − mean) / √(variance + epsilon) · gamma + beta`, with the batch's own mean and variance.
 *
 * @param x float32, of any shape
 * @param gamma `[channels]`, or null for ones
 * @param beta `[channels]`, or null for zeros
 * @param axis of the channels, 0 to rank − 1
 */
export function normalizeBatch(x: Tensor, gamma: Tensor | null, beta: Tensor | null, axis: number, epsilon: number): NormalizedBatch {
  return tf.tidy(() => {
    const channels = [x.shape[axis]!];
    if (axis === x.rank - 1 && x.size > 0 && hasKernel(BATCH_NORM)) {
      const [y, mean, variance] = runKernel(
        BATCH_NORM,
        { x, gamma: gamma ?? tf.ones(channels), beta: beta ?? tf.zeros(channels) },
        epsilon,
      );
      return { y, mean, variance };
    }
    const axes = x.shape.map((_, other) => other).filter(other => other !== axis);
    const along = x.shape.map((size, other) => (other === axis ? size : 1));
    const { y, mean, variance } = composed(x, gamma, beta, axes, along, epsilon);
    return { y, mean: tf.reshape(mean, channels), variance: tf.reshape(variance, channels) };
  });
}

/**
 * Brings what lies along `axes` to mean 0 and variance 1: `(x − mean) / √(variance + epsilon) · gamma + beta`.
 *
 * @param x float32, of any shape
 * @param gamma of the sizes of the axes, in their order, or null for ones
 * @param beta likewise, or null for zeros
 * @param axes each 0 to rank − 1, ascending
 */
export function normalizeLayer(x: Tensor, gamma: Tensor | null, beta: Tensor | null, axes: readonly number[], epsilon: number): Tensor {
  const areLast = axes.every((axis, index) => axis === x.rank - axes.length + index);
  if (!areLast || axes.length === 0 || x.size === 0 || !hasKernel(LAYER_NORM)) {
    const along = x.shape.map((size, axis) => (axes.includes(axis) ? size : 1));
    return tf.tidy(() => composed(x, gamma, beta, axes, along, epsilon).y);
  }
  return tf.tidy(() => {
    const shape = axes.map(axis => x.shape[axis]!);
    return runKernel(LAYER_NORM, { x, gamma: gamma ?? tf.ones(shape), beta: beta ?? tf.zeros(shape) }, epsilon)[0];
  });
}

/**
 * Of tfjs-core's ops; mean and variance keep their axes, of size 1.
 *
 * @param along shape of gamma and beta that fits `x`
 */
function composed(
  x: Tensor,
  gamma: Tensor | null,
  beta: Tensor | null,
  axes: readonly number[],
  along: number[],
  epsilon: number,
): NormalizedBatch {
  const mean = tf.mean(x, [...axes], true);
  const centered = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centered), [...axes], true);
  const normalized = tf.mul(centered, tf.rsqrt(tf.add(variance, epsilon)));
  const scaled = gamma ? tf.mul(normalized, tf.reshape(gamma, along)) : normalized;
  return { y: beta ? tf.add(scaled, tf.reshape(beta, along)) : scaled, mean, variance };
}

function runKernel(name: string, inputs: object, epsilon: number): [Tensor, Tensor, Tensor] {
  const outputs: Tensor | Tensor[] = tf.engine().runKernel(name, inputs as tf.NamedTensorMap, { epsilon });
  return outputs as [Tensor, Tensor, Tensor];
}

/**
 * The gradients of a kernel. One kernel gives all three; the mean and variance, which follow the first output, are taken to lead to nothing.
 *
 * @param names of what the forward kernel gave second and third, as the kernel of the gradients reads them
 */
function registerGradients(kernelName: string, gradKernel: string, names: readonly [string, string]): void {
  tf.registerGradient({
    kernelName,
    inputsToSave: ['x', 'gamma'],
    outputsToSave: [false, true, true],
    gradFunc: (dys, saved, attrs) => {
      const [x, gamma, first, second] = saved as [Tensor, Tensor, Tensor, Tensor];
      const { epsilon } = attrs as unknown as { epsilon: number };
      const dy = (dys as Tensor[])[0]!;
      const gradients = tf.engine().isTapeOn()
        ? composedAgain(kernelName, x, gamma, dy, epsilon)
        : runKernel(gradKernel, { x, dy, gamma, [names[0]]: first, [names[1]]: second }, epsilon);
      return { x: () => gradients[0]!, gamma: () => gradients[1]!, beta: () => gradients[2]! };
    },
  });
}

/** The gradients of what is composed, for whoever records them: a second derivative goes through them, which the kernels do not have. */
function composedAgain(kernelName: string, x: Tensor, gamma: Tensor, dy: Tensor, epsilon: number): Tensor[] {
  const last = x.shape.map((_, axis) => axis).slice(-gamma.rank);
  const axes = kernelName === LAYER_NORM ? last : x.shape.map((_, axis) => axis).slice(0, -1);
  const along = x.shape.map((size, axis) => (last.includes(axis) ? size : 1));
  const y = (a: Tensor, b: Tensor, c: Tensor): Tensor => composed(a, b, c, axes, along, epsilon).y;
  return tf.grads(y)([x, gamma, tf.zerosLike(gamma)], dy);
}

registerGradients(BATCH_NORM, BATCH_NORM_GRAD, ['mean', 'variance']);
registerGradients(LAYER_NORM, LAYER_NORM_GRAD, ['mean', 'inverse']);
