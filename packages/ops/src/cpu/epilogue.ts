import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { type backend_util, Prelu, type PreluInputs, type TensorInfo } from '@tensorflow/tfjs-core';
import { floatValues, registeredKernel } from './kernel.js';

/**
 * What fused products and convolutions end with: the bias, which their sums start from, and the activation, in place.
 */

/**
 * `length` numbers in rows of `channels` for sums to be added to: every row the bias, or zeros where there is none. `undefined` when `bias` is
 * not `float32` with one number, or one a channel.
 */
export function startWithBias(backend: MathBackendCPU, length: number, channels: number, bias?: TensorInfo): Float32Array | undefined {
  const values = new Float32Array(length);
  if (!bias) return values;
  const biasValues = floatValues(backend, bias);
  if (!biasValues || bias.shape.slice(0, -1).some(size => size !== 1)) return undefined;
  if (biasValues.length === 1) return values.fill(biasValues[0]!);
  if (biasValues.length !== channels) return undefined;
  for (let row = 0; row < length; row += channels) values.set(biasValues, row);
  return values;
}

/** Applies an activation of tfjs' fused ops to the values of `x`, which nothing else may share; `prelu` makes a new tensor and frees `x`. */
export function finishInPlace(
  backend: MathBackendCPU,
  x: TensorInfo,
  activation: backend_util.Activation | undefined,
  alpha?: TensorInfo,
  leakyReluAlpha = 0.2,
): TensorInfo {
  if (activation === 'prelu') {
    const inputs = { x, alpha } as unknown as PreluInputs & Record<string, TensorInfo>;
    const result = registeredKernel(Prelu)({ inputs, backend }) as TensorInfo;
    backend.disposeIntermediateTensorInfo(x);
    return result;
  }
  if (activation) activate(floatValues(backend, x)!, activation, leakyReluAlpha);
  return x;
}

/** The formulas of tfjs' kernels of the same names, NaN and infinities included. */
function activate(values: Float32Array, activation: Exclude<backend_util.Activation, 'prelu'>, alpha: number): void {
  const length = values.length;
  switch (activation) {
    case 'linear':
      return;
    case 'relu':
      for (let i = 0; i < length; i++) values[i] = Math.max(0, values[i]!);
      return;
    case 'relu6':
      for (let i = 0; i < length; i++) values[i] = Math.min(Math.max(0, values[i]!), 6);
      return;
    case 'elu':
      for (let i = 0; i < length; i++) if (!(values[i]! >= 0)) values[i] = Math.exp(values[i]!) - 1;
      return;
    case 'leakyrelu':
      for (let i = 0; i < length; i++) if (values[i]! < 0) values[i] = alpha * values[i]!;
      return;
    case 'sigmoid':
      for (let i = 0; i < length; i++) values[i] = 1 / (1 + Math.exp(-values[i]!));
      return;
    default:
      throw new Error(`Activation ${activation satisfies never} has not been implemented for the CPU backend.`);
  }
}
