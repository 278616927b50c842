import { options } from '@jogak/ops';
import type { LayerTable } from '../base/layer.js';
import { Convolution, type ConvolutionOptions, convolutionTable } from './convolution.js';

/** Options of {@link conv1d}. */
export interface Conv1DOptions extends ConvolutionOptions {
  kernelSize: number | readonly [steps: number];
  strides?: number | readonly [steps: number];
  dilationRate?: number | readonly [steps: number];
}

/**
 * Convolution along time: `activation(x ⋆ kernel + bias)`, where ⋆ is correlation. With padding `causal` no output sees a later step.
 *
 * Input `[batch, steps, channels]`, output `[batch, outSteps, filters]`.
 * Weights: `kernel [kernelSize, channels / groups, filters]`, then `bias [filters]` if `useBias`.
 *
 * @throws {ConfigError} when stride and dilation are both more than 1, or `filters` is no multiple of `groups`
 * @throws {ShapeError} when the kernel does not fit into the input, or the channels are unknown or no multiple of `groups`
 * @see https://keras.io/api/layers/convolution_layers/convolution1d/
 */
export class Conv1D extends Convolution {
  static override readonly className = 'Conv1D';
  static override readonly options: LayerTable<ConvolutionOptions> = convolutionTable(
    1,
    options.oneOf(['valid', 'same', 'causal'], 'valid'),
  );
}

/** A {@link Conv1D} layer. */
export const conv1d = (given: Conv1DOptions): Conv1D => new Conv1D(given);
