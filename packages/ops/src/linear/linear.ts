import * as tf from '@tensorflow/tfjs-core';
import type { ActivationFunction } from '../activations/index.js';
import { hasKernel } from '../engine.js';
import { ACTIVATION_GRAD, activationGradient } from './activation-grad.js';
import { type FusedActivation, fusedActivation } from './fused-activation.js';

/**
 * `activation(x · kernel + bias)`: `x […, features]`, `kernel [features, units]`, `bias [units]` or null → `[…, units]`, all float32.
 *
 * One kernel on backends that have the fused one and its gradient (`cpu`, `simd`), tfjs-core's ops elsewhere, with the same result.
 */
export function linear(x: tf.Tensor, kernel: tf.Tensor2D, bias: tf.Tensor | null, activation: ActivationFunction): tf.Tensor {
  const [features, units] = kernel.shape;
  const rows = (x.rank === 2 ? x : tf.reshape(x, [-1, features])) as tf.Tensor2D;
  const shaped = (y: tf.Tensor): tf.Tensor => (x.rank === 2 ? y : tf.reshape(y, [...x.shape.slice(0, -1), units]));
  if (x.dtype !== 'float32' || kernel.dtype !== 'float32' || !hasKernel(ACTIVATION_GRAD)) {
    const product = tf.matMul(rows, kernel);
    return activation(shaped(bias ? tf.add(product, bias) : product));
  }
  const fused = fusedActivation(activation);
  const inputs = bias ? { a: rows, b: kernel, bias } : { a: rows, b: kernel };
  const attrs = { transposeA: false, transposeB: false, activation: fused ?? 'linear' };
  const value = shaped(tf.engine().runKernel(tf._FusedMatMul, inputs as unknown as tf.NamedTensorMap, attrs));
  return fused ? value : activation(value);
}

tf.registerGradient({
  kernelName: tf._FusedMatMul,
  inputsToSave: ['a', 'b'],
  outputsToSave: [true],
  gradFunc: (dy: tf.Tensor | tf.Tensor[], saved, attrs) => {
    const [a, b, y] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const { activation } = attrs as unknown as { activation: FusedActivation };
    const dProduct = activationGradient(dy as tf.Tensor, y, activation) as tf.Tensor2D;
    return {
      a: () => tf.matMul(dProduct, b, false, true),
      b: () => tf.matMul(a, dProduct, true),
      bias: () => tf.sum(dProduct, 0),
    };
  },
});
