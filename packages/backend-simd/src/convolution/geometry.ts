import { type backend_util, util } from '@tensorflow/tfjs-core';

/** A convolution as tfjs describes it. */
export type Info = backend_util.Conv2DInfo;

/** A convolution of images, channels last: its sizes, and where its first tap falls. */
export interface Convolution {
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly inChannels: number;
  readonly outChannels: number;
  /** Rows and columns of the output. */
  readonly rows: number;
  readonly columns: number;
  readonly tapRows: number;
  readonly tapColumns: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  /** The first tap of the first output falls on pixel (−padTop, −padLeft). */
  readonly padTop: number;
  readonly padLeft: number;
}

/** Where outputs go: the address of the first, and how far it is to the next of each kind, in bytes. */
export interface OutputPlaces {
  readonly address: number;
  readonly toImage: number;
  readonly toRow: number;
  readonly toColumn: number;
}

/** The convolution that `info` describes. */
export function forwardConvolution(info: Info): Convolution {
  // One tap sees no rows: then all images are one.
  const flat = info.filterHeight * info.filterWidth === 1 && util.arraysEqual(info.inShape.slice(0, 3), info.outShape.slice(0, 3));
  const images = flat ? info.batchSize : 1;
  return {
    batch: flat ? 1 : info.batchSize,
    inHeight: info.inHeight * images,
    inWidth: info.inWidth,
    inChannels: info.inChannels,
    outChannels: info.outChannels,
    rows: info.outHeight * images,
    columns: info.outWidth,
    tapRows: info.filterHeight,
    tapColumns: info.filterWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    dilationHeight: info.dilationHeight,
    dilationWidth: info.dilationWidth,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
  };
}

/** Outputs one after the other from `address` on. */
export function forwardPlaces({ outHeight, outWidth, outChannels }: Info, address: number): OutputPlaces {
  const pixel = outChannels * 4;
  return { address, toImage: outHeight * outWidth * pixel, toRow: outWidth * pixel, toColumn: pixel };
}

/**
 * Visits the convolutions of dy, with the filter turned around, that make up the gradient with respect to x. Pixels of x that lie a
 * stride apart meet the same taps, every stride-th one: each such grid is a convolution without strides. `lastTap` is the tap that it
 * begins with; its others are those a stride before.
 *
 * @param channels of the gradient, which is written from `address` on
 */
export function eachGrid(
  info: Info,
  channels: number,
  address: number,
  visit: (grid: Convolution, lastTap: number, places: OutputPlaces) => void,
): void {
  const { inHeight, inWidth, filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const pixel = channels * 4;
  for (let row = 0; row < Math.min(strideHeight, inHeight); row++) {
    const vertical = gridAxis(row, filterHeight, strideHeight, padInfo.top, inHeight);
    for (let column = 0; column < Math.min(strideWidth, inWidth); column++) {
      const horizontal = gridAxis(column, filterWidth, strideWidth, padInfo.left, inWidth);
      const grid: Convolution = {
        batch: info.batchSize,
        inHeight: info.outHeight,
        inWidth: info.outWidth,
        inChannels: info.outChannels,
        outChannels: channels,
        rows: vertical.size,
        columns: horizontal.size,
        tapRows: vertical.taps,
        tapColumns: horizontal.taps,
        strideHeight: 1,
        strideWidth: 1,
        dilationHeight: 1,
        dilationWidth: 1,
        padTop: vertical.pad,
        padLeft: horizontal.pad,
      };
      visit(grid, vertical.lastTap * filterWidth + horizontal.lastTap, {
        address: address + (row * inWidth + column) * pixel,
        toImage: inHeight * inWidth * pixel,
        toRow: strideHeight * inWidth * pixel,
        toColumn: strideWidth * pixel,
      });
    }
  }
}

interface GridAxis {
  /** Pixels of x: `offset`, `offset + stride`, … */
  readonly size: number;
  /** Taps that meet them: `lastTap` and every stride-th before it. */
  readonly taps: number;
  readonly lastTap: number;
  /** `lastTap` meets the first pixel at output −pad. */
  readonly pad: number;
}

/** Tap t of output o falls on pixel o · stride − pad + t: the taps of pixel p are those that leave p + pad − t divisible by the stride. */
function gridAxis(offset: number, window: number, stride: number, pad: number, inSize: number): GridAxis {
  const firstTap = (offset + pad) % stride;
  const taps = Math.max(0, Math.ceil((window - firstTap) / stride));
  const lastTap = firstTap + (taps - 1) * stride;
  return { size: Math.ceil((inSize - offset) / stride), taps, lastTap, pad: (lastTap - offset - pad) / stride };
}
