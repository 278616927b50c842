import * as tf from '@tensorflow/tfjs-core';
import type { ActivationFunction } from '../activations/index.js';
import { hasKernel } from '../engine.js';
import { ACTIVATION_GRAD, activationGradient, type FusedActivation, fusedActivation } from './activation-grad.js';

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
    const dCorrelated = activationGradient(dy as tf.Tensor, y, activation);
    const common = { strides, pad, dataFormat: 'NHWC' };
    const run = (name: string, inputs: object, attributes: object): tf.Tensor =>
      tf.engine().runKernel(name, inputs as tf.NamedTensorMap, { ...common, ...attributes } as unknown as tf.NamedAttrMap);
    return {
      x: () => run(tf.Conv2DBackpropInput, { dy: dCorrelated, filter }, { inputShape: x.shape }),
      filter: () => run(tf.Conv2DBackpropFilter, { x, dy: dCorrelated }, { filterShape: filter.shape }),
      bias: () => tf.sum(dCorrelated, [0, 1, 2]),
    };
  },
});
