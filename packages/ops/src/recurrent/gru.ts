import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { type ActivationFunction, getActivation } from '../activations/index.js';
import { type CellStep, composeRecurrent } from './composed.js';
import { GRU, GRU_GRAD, type GruGradInputs, type RecurrentAttrs } from './kernel-contract.js';
import { withLookedUpInput } from './looked-up-input.js';
import { type CellKind, checkRecurrent, type RecurrentOptions, type RecurrentResult, SHARED_KEYS } from './recurrent-options.js';
import { hasKernels, isRecording, kernelActivation, presentGradients, projectionGradients, runCell, runKernel } from './run-kernel.js';

/** Options of {@link gru}: three gates in the order z, r, h; the state is h. `bias` is `[2, 3 · units]` when `resetAfter`. */
export interface GruOptions extends RecurrentOptions {
  /** Activation of the gates z and r. @default 'sigmoid' */
  recurrentActivation?: string | ActivationFunction | undefined;
  /** Whether the reset gate is applied after the recurrent product, which then has a bias of its own. @default true */
  resetAfter?: boolean | undefined;
}

const KEYS = [...SHARED_KEYS, 'recurrentActivation', 'resetAfter'];
const RESET_BEFORE: CellKind = { op: 'gru', gates: 3, states: ['h'], keys: KEYS };
const RESET_AFTER: CellKind = { ...RESET_BEFORE, biasRows: 2 };

/**
 * Gated recurrent unit over a whole sequence, as one differentiable op. With `p = xₜ · kernel + bias` in blocks of `units` columns, R₀, R₁, R₂
 * those of the recurrent kernel (after which, when `resetAfter`, the second row of the bias is added), σ the recurrent activation:
 *
 *     z = σ(p₀ + hₜ₋₁ · R₀)   r = σ(p₁ + hₜ₋₁ · R₁)
 *     h̃ = activation(p₂ + r · (hₜ₋₁ · R₂))     when resetAfter, else activation(p₂ + (r · hₜ₋₁) · R₂)
 *     hₜ = z · hₜ₋₁ + (1 − z) · h̃
 *
 * Gradients go to `x`, `kernel`, `recurrentKernel`, `bias` and `initialState`. Follows
 * [Keras' GRU](https://keras.io/api/layers/recurrent_layers/gru/).
 *
 * @throws {ShapeError} when a tensor's shape does not go with the others'
 * @throws {ConfigError} for an unknown option or activation
 */
export function gru(options: GruOptions): RecurrentResult {
  return tf.tidy(() => {
    const resetAfter = options.resetAfter ?? true;
    const checked = checkRecurrent(resetAfter ? RESET_AFTER : RESET_BEFORE, options);
    const { inputs, goBackwards } = checked;
    const gateActivation = getActivation(options.recurrentActivation ?? 'sigmoid');
    const activation = kernelActivation(checked.activation);
    const recurrentActivation = kernelActivation(gateActivation);
    if (activation && recurrentActivation && hasKernels(GRU, GRU_GRAD)) {
      const attrs: RecurrentAttrs = { activation, recurrentActivation, goBackwards, resetAfter, forGradient: isRecording() };
      const [sequence, h] = runCell(GRU, withLookedUpInput(inputs), attrs) as [Tensor3D, Tensor2D];
      return { sequence, states: [h] };
    }
    if (resetAfter) {
      const [bias, recurrentBias] = tf.unstack(inputs.bias) as [Tensor, Tensor];
      return composeRecurrent(checked, bias, resetAfterStep(inputs.recurrentKernel, recurrentBias, gateActivation, checked.activation));
    }
    return composeRecurrent(checked, inputs.bias, resetBeforeStep(inputs.recurrentKernel, gateActivation, checked.activation));
  });
}

function resetAfterStep(
  recurrentKernel: Tensor,
  bias: Tensor,
  gateActivation: ActivationFunction,
  activation: ActivationFunction,
): CellStep {
  return (projected, [h]) => {
    const [pz, pr, ph] = tf.split(projected, 3, 1) as [Tensor, Tensor, Tensor];
    const [rz, rr, rh] = tf.split(tf.add(tf.matMul(h as Tensor2D, recurrentKernel as Tensor2D), bias), 3, 1) as [Tensor, Tensor, Tensor];
    const z = gateActivation(tf.add(pz, rz));
    const r = gateActivation(tf.add(pr, rr));
    return [mix(z, h!, activation(tf.add(ph, tf.mul(r, rh))))];
  };
}

function resetBeforeStep(recurrentKernel: Tensor, gateActivation: ActivationFunction, activation: ActivationFunction): CellStep {
  const [kz, kr, kh] = tf.split(recurrentKernel as Tensor2D, 3, 1) as [Tensor2D, Tensor2D, Tensor2D];
  return (projected, [h]) => {
    const [pz, pr, ph] = tf.split(projected, 3, 1) as [Tensor, Tensor, Tensor];
    const z = gateActivation(tf.add(pz, tf.matMul(h as Tensor2D, kz)));
    const r = gateActivation(tf.add(pr, tf.matMul(h as Tensor2D, kr)));
    return [mix(z, h!, activation(tf.add(ph, tf.matMul(tf.mul(r, h!) as Tensor2D, kh))))];
  };
}

/** `z · before + (1 − z) · candidate`. */
const mix = (z: Tensor, before: Tensor, candidate: Tensor): Tensor => tf.add(tf.mul(z, before), tf.mul(tf.sub(1, z), candidate));

tf.registerGradient({
  kernelName: GRU,
  inputsToSave: ['x', 'kernel', 'recurrentKernel', 'initialState', 'mask'],
  outputsToSave: [true, false, true],
  gradFunc: (dys, saved, attrs) => {
    const [x, kernel, recurrentKernel, initialState, mask, sequence, gates] = saved as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    const gradInputs: GruGradInputs<Tensor> = {
      recurrentKernel,
      initialState,
      mask,
      sequence,
      gates,
      ...presentGradients(['dSequence', 'dState'], dys as Tensor[]),
    };
    const [dProjection, dRecurrentKernel, dBias, dInitialState] = runKernel(GRU_GRAD, gradInputs, attrs);
    return {
      ...projectionGradients(x, kernel, dProjection!),
      recurrentKernel: () => dRecurrentKernel!,
      bias: () => dBias!,
      initialState: () => dInitialState!,
    };
  },
});
