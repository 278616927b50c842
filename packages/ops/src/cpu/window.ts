import type { backend_util } from '@tensorflow/tfjs-core';

/** The input pixels under a sliding window, channels last. */
export interface Window {
  /** Output pixels of an image. */
  readonly positions: number;
  /** Pixels of a window. */
  readonly taps: number;
  /** `[positions, taps]`: the input pixel under each tap, or -1 for padding. */
  readonly pixels: Int32Array;
  /** Pixels of an input image, and their channels. */
  readonly inputPixels: number;
  readonly channels: number;
}

/** The window of a pooling as tfjs describes it. */
export function windowOf(info: backend_util.Conv2DInfo): Window {
  const { outHeight, outWidth, filterHeight, filterWidth, inHeight, inWidth } = info;
  const pixels = new Int32Array(outHeight * outWidth * filterHeight * filterWidth);
  let to = 0;
  for (let outRow = 0; outRow < outHeight; outRow++) {
    for (let outColumn = 0; outColumn < outWidth; outColumn++) {
      for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
        const row = outRow * info.strideHeight - info.padInfo.top + tapRow * info.dilationHeight;
        for (let tapColumn = 0; tapColumn < filterWidth; tapColumn++) {
          const column = outColumn * info.strideWidth - info.padInfo.left + tapColumn * info.dilationWidth;
          const inside = row >= 0 && row < inHeight && column >= 0 && column < inWidth;
          pixels[to++] = inside ? row * inWidth + column : -1;
        }
      }
    }
  }
  return {
    positions: outHeight * outWidth,
    taps: filterHeight * filterWidth,
    pixels,
    inputPixels: inHeight * inWidth,
    channels: info.inChannels,
  };
}
