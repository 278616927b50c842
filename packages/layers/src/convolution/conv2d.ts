import { options } from '@jogak/ops';
import type { LayerTable } from '../base/layer.js';
import { Convolution, type ConvolutionOptions, convolutionTable } from './convolution.js';

/** Options of {@link conv2d}. */
export interface Conv2DOptions extends ConvolutionOptions {
  kernelSize: number | readonly [height: number, width: number];
  strides?: number | readonly [height: number, width: number];
  padding?: 'valid' | 'same';
  dilationRate?: number | readonly [height: number, width: number];
}

/**
 * Convolution along height and width: `activation(x ⋆ kernel + bias)`, where ⋆ is correlation.
 *
 * Input `[batch, height, width, channels]`, output `[batch, outHeight, outWidth, filters]`.
 * Weights: `kernel [kernelHeight, kernelWidth, channels / groups, filters]`, then `bias [filters]` if `useBias`.
 *
 * @throws {ConfigError} when strides and dilation are both more than 1, or `filters` is no multiple of `groups`
 * @throws {ShapeError} when the kernel does not fit into the input, or the channels are unknown or no multiple of `groups`
 * @see https://keras.io/api/layers/convolution_layers/convolution2d/
 */
export class Conv2D extends Convolution {
  static override readonly className = 'Conv2D';
  static override readonly options: LayerTable<ConvolutionOptions> = convolutionTable(2, options.oneOf(['valid', 'same'], 'valid'));
}

/** A {@link Conv2D} layer. */
export const conv2d = (given: Conv2DOptions): Conv2D => new Conv2D(given);
