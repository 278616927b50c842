import {
  type AvgPoolAttrs,
  type AvgPoolGradAttrs,
  type AvgPoolGradInputs,
  type AvgPoolInputs,
  backend_util,
  type MaxPoolAttrs,
  type MaxPoolGradAttrs,
  type MaxPoolGradInputs,
  type MaxPoolInputs,
  util,
} from '@tensorflow/tfjs-core';
import { type FastKernel, floatValues, output } from './kernel.js';
import { type Window, windowOf } from './window.js';

/**
 * Pooling of `x [batch, height, width, channels]`, `float32`: `[batch, outHeight, outWidth, channels]`. As in tfjs, padding does not count:
 * an average is over the pixels that are there; and a maximum is the first number greater than all before it, so NaN is passed over, and a
 * window with nothing but NaN or -Infinity has the maximum -Infinity and no gradient.
 */

type Shape4D = [number, number, number, number];

export const maxPool: FastKernel<MaxPoolInputs, MaxPoolAttrs> = ({ inputs, attrs, backend }) => {
  const x = floatValues(backend, inputs.x);
  if (!x) return undefined;
  const info = poolInfo(inputs.x.shape, attrs);
  if (isIdentity(info)) return undefined; // tfjs' kernel shares the memory of x.
  const y = new Float32Array(info.batchSize * info.outHeight * info.outWidth * info.inChannels);
  eachWindow(windowOf(info), info.batchSize, (pixels, tap, taps, offset, channels, to) => {
    for (let channel = 0; channel < channels; channel++) {
      let max = Number.NEGATIVE_INFINITY;
      for (let t = tap; t < tap + taps; t++) {
        const pixel = pixels[t]!;
        if (pixel < 0) continue;
        const value = x[(offset + pixel) * channels + channel]!;
        if (value > max) max = value;
      }
      y[to + channel] = max;
    }
  });
  return output(backend, y, info.outShape);
};

/** Gradient of {@link maxPool}: each output's goes to the first of the largest pixels of its window. */
export const maxPoolGrad: FastKernel<MaxPoolGradInputs, MaxPoolGradAttrs> = ({ inputs, attrs, backend }) => {
  const x = floatValues(backend, inputs.input);
  const dy = floatValues(backend, inputs.dy);
  if (!x || !dy) return undefined;
  const info = poolInfo(inputs.input.shape, attrs);
  const dx = new Float32Array(x.length);
  eachWindow(windowOf(info), info.batchSize, (pixels, tap, taps, offset, channels, from) => {
    for (let channel = 0; channel < channels; channel++) {
      let max = Number.NEGATIVE_INFINITY;
      let at = -1;
      for (let t = tap; t < tap + taps; t++) {
        const pixel = pixels[t]!;
        if (pixel < 0) continue;
        const index = (offset + pixel) * channels + channel;
        const value = x[index]!;
        if (value > max) {
          max = value;
          at = index;
        }
      }
      if (at >= 0) dx[at] = dx[at]! + dy[from + channel]!;
    }
  });
  return output(backend, dx, inputs.input.shape);
};

export const avgPool: FastKernel<AvgPoolInputs, AvgPoolAttrs> = ({ inputs, attrs, backend }) => {
  const x = floatValues(backend, inputs.x);
  if (!x) return undefined;
  const info = poolInfo(inputs.x.shape, attrs);
  if (isIdentity(info)) return undefined; // tfjs' kernel shares the memory of x.
  const y = new Float32Array(info.batchSize * info.outHeight * info.outWidth * info.inChannels);
  eachWindow(windowOf(info), info.batchSize, (pixels, tap, taps, offset, channels, to) => {
    const count = pixelsInside(pixels, tap, taps);
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0;
      for (let t = tap; t < tap + taps; t++) {
        const pixel = pixels[t]!;
        if (pixel >= 0) sum += x[(offset + pixel) * channels + channel]!;
      }
      y[to + channel] = sum / count;
    }
  });
  return output(backend, y, info.outShape);
};

/**
 * Gradient of {@link avgPool} as tfjs has it: each output's is divided by the size of its window, even where part of that is padding and the
 * average is over fewer pixels. `averagePool2d` makes up for that.
 */
export const avgPoolGrad: FastKernel<AvgPoolGradInputs, AvgPoolGradAttrs> = ({ inputs, attrs, backend }) => {
  const dy = floatValues(backend, inputs.dy);
  if (!dy || inputs.input.dtype !== 'float32') return undefined;
  const info = poolInfo(inputs.input.shape, attrs);
  const dx = new Float32Array(info.batchSize * info.inHeight * info.inWidth * info.inChannels);
  eachWindow(windowOf(info), info.batchSize, (pixels, tap, taps, offset, channels, from) => {
    const share = 1 / taps;
    for (let t = tap; t < tap + taps; t++) {
      const pixel = pixels[t]!;
      if (pixel < 0) continue;
      const to = (offset + pixel) * channels;
      for (let channel = 0; channel < channels; channel++) dx[to + channel] = dx[to + channel]! + dy[from + channel]! * share;
    }
  });
  return output(backend, dx, inputs.input.shape);
};

/**
 * Calls `visit` for every output pixel of every image: its taps are `pixels[tap … tap + taps]`, counted from pixel `offset` of the input, and its
 * first channel is element `index` of the output.
 */
function eachWindow(
  window: Window,
  batchSize: number,
  visit: (pixels: Int32Array, tap: number, taps: number, offset: number, channels: number, index: number) => void,
): void {
  const { positions, taps, pixels, inputPixels, channels } = window;
  for (let image = 0; image < batchSize; image++) {
    for (let position = 0; position < positions; position++) {
      visit(pixels, position * taps, taps, image * inputPixels, channels, (image * positions + position) * channels);
    }
  }
}

function pixelsInside(pixels: Int32Array, tap: number, taps: number): number {
  let count = 0;
  for (let t = tap; t < tap + taps; t++) if (pixels[t]! >= 0) count++;
  return count;
}

function isIdentity({ filterHeight, filterWidth, inShape, outShape }: backend_util.Conv2DInfo): boolean {
  return filterHeight === 1 && filterWidth === 1 && util.arraysEqual(inShape, outShape);
}

function poolInfo(shape: readonly number[], attrs: MaxPoolAttrs | AvgPoolGradAttrs): backend_util.Conv2DInfo {
  const rounding = 'dimRoundingMode' in attrs ? attrs.dimRoundingMode : undefined;
  return backend_util.computePool2DInfo(shape as Shape4D, attrs.filterSize, attrs.strides, 1, attrs.pad, rounding);
}
