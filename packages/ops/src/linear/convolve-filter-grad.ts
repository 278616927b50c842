import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { floatValues, output } from '../cpu/kernel.js';
import { activationGradient, activationGradKernel } from './activation-grad.js';
import type { FusedActivation } from './fused-activation.js';

/**
 * Name of the kernel of the gradients of `y = activation(x ⋆ filter + bias)` by its filter and its bias.
 *
 * Inputs, float32: `x [batch, height, width, channels]`, `y [batch, outHeight, outWidth, filters]` and its gradient `dy`. Outputs: the
 * gradients of filter, of `filterShape`, and of bias, `[filters]`.
 */
export const CONVOLVE_FILTER_GRAD = 'JogakConvolveFilterGrad';

/** Attributes of {@link CONVOLVE_FILTER_GRAD}. */
export interface ConvolveFilterGradAttrs {
  strides: [number, number];
  pad: 'valid' | 'same';
  filterShape: [number, number, number, number];
  activation: FusedActivation;
}

/** The gradients of filter and bias, by the kernel {@link CONVOLVE_FILTER_GRAD}. */
export function convolveFilterGradients(x: tf.Tensor, dy: tf.Tensor, y: tf.Tensor, attrs: ConvolveFilterGradAttrs): [tf.Tensor, tf.Tensor] {
  const outputs: tf.Tensor | tf.Tensor[] = tf.engine().runKernel(CONVOLVE_FILTER_GRAD, { x, dy, y }, attrs as unknown as tf.NamedAttrMap);
  return outputs as [tf.Tensor, tf.Tensor];
}

const run = (name: string, inputs: object, attrs: object): tf.Tensor =>
  tf.engine().runKernel(name, inputs as tf.NamedTensorMap, attrs as tf.NamedAttrMap);

// The second derivative. Of ΣF·dFilter + Σb·dBias the gradient by g = dy · f′(y) is the convolution of x with F, plus b.
tf.registerGradient({
  kernelName: CONVOLVE_FILTER_GRAD,
  inputsToSave: ['x', 'dy', 'y'],
  gradFunc: (gradients, saved, attrs) => {
    const [filter, bias] = gradients as [tf.Tensor, tf.Tensor];
    const [x, dy, y] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
    const { strides, pad, activation } = attrs as unknown as ConvolveFilterGradAttrs;
    const convolution = { strides, pad, dataFormat: 'NHWC', dilations: [1, 1] };
    const byG = (): tf.Tensor => run(tf.FusedConv2D, { x, filter, bias }, { ...convolution, activation: 'linear' });
    return {
      x: () => run(tf.Conv2DBackpropInput, { dy: activationGradient(dy, y, activation), filter }, { ...convolution, inputShape: x.shape }),
      dy: () => activationGradient(byG(), y, activation),
      y: () => (activation === 'sigmoid' ? tf.mul(tf.mul(byG(), dy), tf.sub(1, tf.mul(2, y))) : tf.zerosLike(y)),
    };
  },
});

/** {@link CONVOLVE_FILTER_GRAD} of the backend `cpu`. */
export const convolveFilterGradKernel: tf.KernelConfig = {
  kernelName: CONVOLVE_FILTER_GRAD,
  backendName: 'cpu',
  kernelFunc: ({ inputs, attrs, backend: anyBackend }) => {
    const backend = anyBackend as MathBackendCPU;
    const { x, dy, y } = inputs as unknown as Record<'x' | 'dy' | 'y', tf.TensorInfo>;
    const { strides, pad, filterShape, activation } = attrs as unknown as ConvolveFilterGradAttrs;
    const g = activationGradKernel.kernelFunc({ inputs: { dy, y }, attrs: { activation }, backend }) as tf.TensorInfo;
    const convolution = { strides, pad, dataFormat: 'NHWC', filterShape };
    const dFilter = tf.getKernel(tf.Conv2DBackpropFilter, 'cpu').kernelFunc({ inputs: { x, dy: g }, attrs: convolution, backend });
    const values = floatValues(backend, g)!;
    const dBias = new Float64Array(filterShape[3]);
    for (let i = 0; i < values.length; i++) dBias[i % dBias.length]! += values[i]!;
    backend.disposeIntermediateTensorInfo(g);
    return [dFilter as tf.TensorInfo, output(backend, Float32Array.from(dBias), [dBias.length])];
  },
};
