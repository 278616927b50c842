import type { FusedConv2DAttrs, FusedConv2DInputs, TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { finish, isActivation, isOneRow } from '../epilogue.js';
import type { FusedSteps } from './convolve.js';

/** Where results of an activation are cut off below and above. */
const LIMITS: Readonly<Record<string, readonly [number, number]>> = {
  linear: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  relu: [0, Number.POSITIVE_INFINITY],
  relu6: [0, 6],
};

/** Convolves with bias and activation: in the pass of the convolution as far as that can do them, else by the kernels of these ops. */
export function fuse(
  backend: SimdBackend,
  { bias, preluActivationWeights: alpha }: Partial<Pick<FusedConv2DInputs, 'bias' | 'preluActivationWeights'>>,
  { activation = 'linear', leakyreluAlpha: slope }: Pick<FusedConv2DAttrs, 'activation' | 'leakyreluAlpha'>,
  channels: number,
  convolve: (steps: FusedSteps) => TensorInfo,
): TensorInfo | undefined {
  if (!isActivation(activation)) return undefined;
  const inPass = bias != null && isOneRow(bias, channels);
  const limits = bias == null || inPass ? LIMITS[activation] : undefined;
  const [least, most] = limits ?? LIMITS.linear!;
  const sums = convolve({ bias: inPass ? backend.pointer(bias) : 0, least, most });
  if (limits) return sums;
  return finish(backend, sums, { bias: inPass ? undefined : bias, activation, alpha, slope });
}
