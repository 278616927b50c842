import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { composeRecurrent } from './composed.js';
import { type RecurrentAttrs, SIMPLE_RNN, SIMPLE_RNN_GRAD, type SimpleRnnGradInputs } from './kernel-contract.js';
import { withLookedUpInput } from './looked-up-input.js';
import { type CellKind, checkRecurrent, type RecurrentOptions, type RecurrentResult, SHARED_KEYS } from './recurrent-options.js';
import { hasKernels, isRecording, kernelActivation, presentGradients, projectionGradients, runCell, runKernel } from './run-kernel.js';

/** Options of {@link simpleRnn}: one gate, one state. */
export type SimpleRnnOptions = RecurrentOptions;

const KIND: CellKind = { op: 'simpleRnn', gates: 1, states: ['h'], keys: SHARED_KEYS };

/**
 * A fully recurrent layer over a whole sequence, as one differentiable op: `hₜ = activation(xₜ · kernel + bias + hₜ₋₁ · recurrentKernel)`.
 *
 * Gradients go to `x`, `kernel`, `recurrentKernel`, `bias` and `initialState`. Follows
 * [Keras' SimpleRNN](https://keras.io/api/layers/recurrent_layers/simple_rnn/).
 *
 * @throws {ShapeError} when a tensor's shape does not go with the others'
 * @throws {ConfigError} for an unknown option or activation
 */
export function simpleRnn(options: SimpleRnnOptions): RecurrentResult {
  return tf.tidy(() => {
    const checked = checkRecurrent(KIND, options);
    const { inputs, goBackwards } = checked;
    const activation = kernelActivation(checked.activation);
    if (activation && hasKernels(SIMPLE_RNN, SIMPLE_RNN_GRAD)) {
      const attrs: RecurrentAttrs = { activation, goBackwards, forGradient: isRecording() };
      const [sequence, state] = runCell(SIMPLE_RNN, withLookedUpInput(inputs), attrs) as [Tensor3D, Tensor2D];
      return { sequence, states: [state] };
    }
    return composeRecurrent(checked, inputs.bias, (projected, [h]) => [
      checked.activation(tf.add(projected, tf.matMul(h as Tensor2D, inputs.recurrentKernel as Tensor2D))),
    ]);
  });
}

tf.registerGradient({
  kernelName: SIMPLE_RNN,
  inputsToSave: ['x', 'kernel', 'recurrentKernel', 'initialState', 'mask'],
  outputsToSave: [true],
  gradFunc: (dys, saved, attrs) => {
    const [x, kernel, recurrentKernel, initialState, mask, sequence] = saved as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
    const gradInputs: SimpleRnnGradInputs<Tensor> = {
      recurrentKernel,
      initialState,
      mask,
      sequence,
      ...presentGradients(['dSequence', 'dState'], dys as Tensor[]),
    };
    const [dProjection, dRecurrentKernel, dBias, dInitialState] = runKernel(SIMPLE_RNN_GRAD, gradInputs, attrs) as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    return {
      ...projectionGradients(x, kernel, dProjection),
      recurrentKernel: () => dRecurrentKernel,
      bias: () => dBias,
      initialState: () => dInitialState,
    };
  },
});
