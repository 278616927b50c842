import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { type ActivationFunction, getActivation } from '../activations/index.js';
import { composeRecurrent } from './composed.js';
import { LSTM, LSTM_GRAD, type LstmGradInputs, type RecurrentAttrs } from './kernel-contract.js';
import { withLookedUpInput } from './looked-up-input.js';
import { type CellKind, checkRecurrent, type RecurrentOptions, type RecurrentResult, SHARED_KEYS } from './recurrent-options.js';
import { hasKernels, isRecording, kernelActivation, presentGradients, projectionGradients, runCell, runKernel } from './run-kernel.js';

/** Options of {@link lstm}: four gates in the order i, f, c, o; the states are h and c. */
export interface LstmOptions extends RecurrentOptions {
  /** Activation of the gates i, f and o. @default 'sigmoid' */
  recurrentActivation?: string | ActivationFunction | undefined;
}

const KIND: CellKind = { op: 'lstm', gates: 4, states: ['h', 'c'], keys: [...SHARED_KEYS, 'recurrentActivation'] };

/**
 * Long short-term memory over a whole sequence, as one differentiable op. With `z = xₜ · kernel + bias + hₜ₋₁ · recurrentKernel` in blocks
 * of `units` columns, σ the recurrent activation:
 *
 *     i = σ(z₀)   f = σ(z₁)   o = σ(z₃)
 *     cₜ = f · cₜ₋₁ + i · activation(z₂)
 *     hₜ = o · activation(cₜ)
 *
 * Gradients go to `x`, `kernel`, `recurrentKernel`, `bias` and `initialState`. Follows
 * [Keras' LSTM](https://keras.io/api/layers/recurrent_layers/lstm/).
 *
 * @throws {ShapeError} when a tensor's shape does not go with the others'
 * @throws {ConfigError} for an unknown option or activation
 */
export function lstm(options: LstmOptions): RecurrentResult {
  return tf.tidy(() => {
    const checked = checkRecurrent(KIND, options);
    const { inputs, goBackwards } = checked;
    const gateActivation = getActivation(options.recurrentActivation ?? 'sigmoid');
    const activation = kernelActivation(checked.activation);
    const recurrentActivation = kernelActivation(gateActivation);
    if (activation && recurrentActivation && hasKernels(LSTM, LSTM_GRAD)) {
      const attrs: RecurrentAttrs = { activation, recurrentActivation, goBackwards, forGradient: isRecording() };
      const [sequence, h, c] = runCell(LSTM, withLookedUpInput({ ...inputs, initialCell: checked.initialStates[1]! }), attrs) as [
        Tensor3D,
        Tensor2D,
        Tensor2D,
      ];
      return { sequence, states: [h, c] };
    }
    return composeRecurrent(checked, inputs.bias, (projected, [h, c]) => {
      const z = tf.add(projected, tf.matMul(h as Tensor2D, inputs.recurrentKernel as Tensor2D));
      const [i, f, candidate, o] = tf.split(z, 4, 1) as [Tensor, Tensor, Tensor, Tensor];
      const cell = tf.add(tf.mul(gateActivation(f), c!), tf.mul(gateActivation(i), checked.activation(candidate)));
      return [tf.mul(gateActivation(o), checked.activation(cell)), cell];
    });
  });
}

tf.registerGradient({
  kernelName: LSTM,
  inputsToSave: ['x', 'kernel', 'recurrentKernel', 'initialState', 'initialCell', 'mask'],
  outputsToSave: [true, false, false, true, true],
  gradFunc: (dys, saved, attrs) => {
    const [x, kernel, recurrentKernel, initialState, initialCell, mask, sequence, gates, cells] = saved as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    const gradInputs: LstmGradInputs<Tensor> = {
      recurrentKernel,
      initialState,
      initialCell,
      mask,
      sequence,
      gates,
      cells,
      ...presentGradients(['dSequence', 'dState', 'dCell'], dys as Tensor[]),
    };
    const [dProjection, dRecurrentKernel, dBias, dInitialState, dInitialCell] = runKernel(LSTM_GRAD, gradInputs, attrs);
    return {
      ...projectionGradients(x, kernel, dProjection!),
      recurrentKernel: () => dRecurrentKernel!,
      bias: () => dBias!,
      initialState: () => dInitialState!,
      initialCell: () => dInitialCell!,
    };
  },
});
