import type { backend_util } from '@tensorflow/tfjs-core';
import { LANES } from './gemm.js';

/**
 * The input pixels under a sliding window, channels last. A convolution is a product of the matrix of its patches, `[positions, taps ·
 * channels]`; the functions here move a block of its rows between the image and the panels of {@link file://./gemm.ts}, so the whole matrix, as
 * many times the batch as the window has taps, never exists.
 */
export interface Window {
  /** Output pixels of an image. */
  readonly positions: number;
  /** Pixels of a window. */
  readonly taps: number;
  /** `[positions, taps]`: the input pixel under each tap, or -1 for padding. */
  readonly pixels: Int32Array;
  /** Whether any tap is padding. */
  readonly padded: boolean;
  /** Pixels of an input image, and their channels. */
  readonly inputPixels: number;
  readonly channels: number;
}

/** The window of a convolution or pooling as tfjs describes it. */
export function windowOf(info: backend_util.Conv2DInfo): Window {
  const { outHeight, outWidth, filterHeight, filterWidth, inHeight, inWidth } = info;
  const pixels = new Int32Array(outHeight * outWidth * filterHeight * filterWidth);
  let padded = false;
  let to = 0;
  for (let outRow = 0; outRow < outHeight; outRow++) {
    for (let outColumn = 0; outColumn < outWidth; outColumn++) {
      for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
        const row = outRow * info.strideHeight - info.padInfo.top + tapRow * info.dilationHeight;
        for (let tapColumn = 0; tapColumn < filterWidth; tapColumn++) {
          const column = outColumn * info.strideWidth - info.padInfo.left + tapColumn * info.dilationWidth;
          const inside = row >= 0 && row < inHeight && column >= 0 && column < inWidth;
          if (!inside) padded = true;
          pixels[to++] = inside ? row * inWidth + column : -1;
        }
      }
    }
  }
  return {
    positions: outHeight * outWidth,
    taps: filterHeight * filterWidth,
    pixels,
    padded,
    inputPixels: inHeight * inWidth,
    channels: info.inChannels,
  };
}

/**
 * Copies patches `first` to `first + count` (counted through all images) into panels whose lanes are positions: `panels[position / 4][tap ·
 * channels + channel][position % 4]`. Padding is 0, and so are the lanes that fill the last panel up.
 */
export function packPatches(x: Float32Array, window: Window, first: number, count: number, panels: Float64Array): void {
  const { positions, taps, pixels, inputPixels, channels } = window;
  const depth = taps * channels;
  const lanes = Math.ceil(count / LANES) * LANES;
  for (let lane = 0; lane < lanes; lane++) {
    let to = (lane - (lane % LANES)) * depth + (lane % LANES);
    const image = Math.floor((first + lane) / positions);
    const offset = image * inputPixels;
    const tap = (first + lane - image * positions) * taps;
    for (let t = 0; t < taps; t++) {
      const pixel = lane < count ? pixels[tap + t]! : -1;
      const from = (offset + pixel) * channels;
      for (let channel = 0; channel < channels; channel++) {
        panels[to] = pixel < 0 ? 0 : x[from + channel]!;
        to += LANES;
      }
    }
  }
}

/** As {@link packPatches}, transposed: lanes are taps and channels, `panels[k / 4][position][k % 4]` with `k = tap · channels + channel`. */
export function packPatchesTransposed(x: Float32Array, window: Window, first: number, count: number, panels: Float64Array): void {
  const { positions, taps, pixels, inputPixels, channels } = window;
  const depth = taps * channels;
  const lanes = Math.ceil(depth / LANES) * LANES;
  for (let position = 0; position < count; position++) {
    const image = Math.floor((first + position) / positions);
    const offset = image * inputPixels;
    const tap = (first + position - image * positions) * taps;
    let k = 0;
    for (let t = 0; t < taps; t++) {
      const pixel = pixels[tap + t]!;
      const from = (offset + pixel) * channels;
      for (let channel = 0; channel < channels; channel++, k++) {
        panels[(k - (k % LANES)) * count + position * LANES + (k % LANES)] = pixel < 0 ? 0 : x[from + channel]!;
      }
    }
    for (; k < lanes; k++) panels[(k - (k % LANES)) * count + position * LANES + (k % LANES)] = 0;
  }
}

/** Adds rows `[count, taps · channels]` of the matrix of patches to the pixels that they stand for; what stands for padding is dropped. */
export function addPatches(rows: Float32Array, window: Window, first: number, count: number, x: Float32Array): void {
  const { positions, taps, pixels, inputPixels, channels } = window;
  let from = 0;
  for (let row = 0; row < count; row++) {
    const image = Math.floor((first + row) / positions);
    const offset = image * inputPixels;
    const tap = (first + row - image * positions) * taps;
    for (let t = 0; t < taps; t++, from += channels) {
      const pixel = pixels[tap + t]!;
      if (pixel < 0) continue;
      const to = (offset + pixel) * channels;
      for (let channel = 0; channel < channels; channel++) x[to + channel] = x[to + channel]! + rows[from + channel]!;
    }
  }
}
