import * as tf from '@tensorflow/tfjs-core';
import type { ActivationFunction } from '../activations/index.js';
import { hasKernel, scopeOfNow } from '../engine.js';
import { ACTIVATION_GRAD, activationGradient } from './activation-grad.js';
import { CONVOLVE_FILTER_GRAD, convolveFilterGradients } from './convolve-filter-grad.js';
import { type FusedActivation, fusedActivation } from './fused-activation.js';

/** How {@link convolveLinear} goes over its input. */
export interface ConvolveLinearOptions {
  /** Steps from one output to the next, of height and width. */
  readonly strides: readonly [number, number];
  readonly padding: 'valid' | 'same';
  readonly activation: ActivationFunction;
}

/**
 * `activation(x ⋆ kernel + bias)`, where ⋆ is correlation: `x [batch, height, width, channels]`, `kernel [height, width, channels,
 * filters]`, `bias [filters]` or null → `[batch, outHeight, outWidth, filters]`, all float32.
 *
 * One kernel on backends that have the fused one and its gradient (`cpu`, `simd`), tfjs-core's ops elsewhere, with the same result.
 */
export function convolveLinear(
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  bias: tf.Tensor | null,
  { strides, padding, activation }: ConvolveLinearOptions,
): tf.Tensor4D {
  const isFloat = x.dtype === 'float32' && kernel.dtype === 'float32';
  if (!isFloat || !hasKernel(ACTIVATION_GRAD)) {
    const correlated = tf.conv2d(x, kernel, [...strides], padding);
    return activation(bias ? tf.add(correlated, bias) : correlated) as tf.Tensor4D;
  }
  const fused = fusedActivation(activation);
  const inputs = bias ? { x, filter: kernel, bias } : { x, filter: kernel };
  const attrs = { strides, pad: padding, dataFormat: 'NHWC', dilations: [1, 1], activation: fused ?? 'linear' };
  const value = tf.engine().runKernel(tf.FusedConv2D, inputs as unknown as tf.NamedTensorMap, attrs as unknown as tf.NamedAttrMap);
  return (fused ? value : activation(value as tf.Tensor)) as tf.Tensor4D;
}

tf.registerGradient({
  kernelName: tf.FusedConv2D,
  inputsToSave: ['x', 'filter'],
  outputsToSave: [true],
  gradFunc: (dy: tf.Tensor | tf.Tensor[], saved, attrs) => {
    const [x, filter, y] = saved as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
    const { strides, pad, activation } = attrs as unknown as {
      strides: [number, number];
      pad: 'valid' | 'same';
      activation: FusedActivation;
    };
    const shared = scopeOfNow();
    const run = (name: string, inputs: object, attributes: object): tf.Tensor =>
      tf
        .engine()
        .runKernel(name, inputs as tf.NamedTensorMap, { strides, pad, dataFormat: 'NHWC', ...attributes } as unknown as tf.NamedAttrMap);
    let dSums: tf.Tensor | undefined;
    const gradientOfSums = (): tf.Tensor => {
      dSums ??= shared(() => activationGradient(dy as tf.Tensor, y, activation));
      return dSums;
    };
    let gradients: [tf.Tensor, tf.Tensor] | undefined;
    const filterAndBias = (): [tf.Tensor, tf.Tensor] => {
      // Where the gradient of x needed that of the activation, it is not computed again.
      const known = dSums ? { dy: dSums, activation: 'linear' as const } : { dy: dy as tf.Tensor, activation };
      const attributes = { strides, pad, filterShape: filter.shape, activation: known.activation };
      gradients ??= shared(() => convolveFilterGradients(x, known.dy, y, attributes));
      return gradients;
    };
    const isFused = hasKernel(CONVOLVE_FILTER_GRAD);
    return {
      x: () => run(tf.Conv2DBackpropInput, { dy: gradientOfSums(), filter }, { inputShape: x.shape }),
      filter: () =>
        isFused ? filterAndBias()[0] : run(tf.Conv2DBackpropFilter, { x, dy: gradientOfSums() }, { filterShape: filter.shape }),
      bias: () => (isFused ? filterAndBias()[1] : tf.sum(gradientOfSums(), [0, 1, 2])),
    };
  },
});
