import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { floatValues, output } from '../cpu/kernel.js';
import type { FusedActivation } from './fused-activation.js';

/**
 * Name of the kernel of an activation's gradient by its value: `dy` and `y`, both float32 of one shape, to `dy · f′`, where f′ is 1 for
 * `linear`, 1 where y > 0 and else 0 for `relu`, and y (1 − y) for `sigmoid`. The attribute `activation` says which. NaN in `y` gives NaN.
 */
export const ACTIVATION_GRAD = 'JogakActivationGrad';

/** The gradient before the activation of one after it, `y` being its value. */
export function activationGradient(dy: tf.Tensor, y: tf.Tensor, activation: FusedActivation): tf.Tensor {
  return activation === 'linear' ? dy : tf.engine().runKernel(ACTIVATION_GRAD, { dy, y }, { activation });
}

// The second derivative; relu's is zero wherever there is one.
tf.registerGradient({
  kernelName: ACTIVATION_GRAD,
  inputsToSave: ['dy', 'y'],
  gradFunc: (ddx: tf.Tensor | tf.Tensor[], saved, attrs) => {
    const [dy, y] = saved as [tf.Tensor, tf.Tensor];
    const { activation } = attrs as unknown as { activation: FusedActivation };
    return {
      dy: () => activationGradient(ddx as tf.Tensor, y, activation),
      y: () => (activation === 'sigmoid' ? tf.mul(tf.mul(ddx as tf.Tensor, dy), tf.sub(1, tf.mul(2, y))) : tf.zerosLike(y)),
    };
  },
});

/** {@link ACTIVATION_GRAD} of the backend `cpu`. */
export const activationGradKernel: tf.KernelConfig = {
  kernelName: ACTIVATION_GRAD,
  backendName: 'cpu',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { dy, y } = inputs as unknown as { dy: tf.TensorInfo; y: tf.TensorInfo };
    const dyValues = floatValues(backend as MathBackendCPU, dy)!;
    const yValues = floatValues(backend as MathBackendCPU, y)!;
    const { activation } = attrs as unknown as { activation: FusedActivation };
    const dx = new Float32Array(dyValues.length);
    for (let i = 0; i < dx.length; i++) {
      const value = yValues[i]!;
      if (activation === 'relu') dx[i] = value > 0 ? dyValues[i]! : Number.isNaN(value) ? value : 0;
      else dx[i] = activation === 'sigmoid' ? dyValues[i]! * value * (1 - value) : dyValues[i]!;
    }
    return output(backend as MathBackendCPU, dx, dy.shape);
  },
};
