import type { backend_util } from '@tensorflow/tfjs-core';
import { LANES } from './gemm.js';

/**
 * A convolution, channels last, is a product with the matrix of its patches, `[positions, depth]`, where a patch is the `depth` = filterHeight ·
 * filterWidth · channels numbers under the filter. The functions here move a block of the matrix between images and the panels of `gemm.ts`, so
 * the whole matrix, many times the batch, never exists.
 *
 * Images are first copied into a frame of zeros, a few at a time, so that number k of the patch at a position is always at `starts[position] +
 * offsets[k]`: with a test for padding at every number, packing cost as much as the product of a 3×3 convolution of one channel.
 */
export interface Patches {
  /** Images that are framed at a time. */
  readonly images: number;
  /** Patches of an image. */
  readonly positions: number;
  /** Numbers in a patch. */
  readonly depth: number;
  /** Where each patch of the framed images starts, `[images · positions]`. */
  readonly starts: Int32Array;
  /** Where each number of a patch is, from its start, `[depth]`. */
  readonly offsets: Int32Array;
  /** Whether there is any padding: a frame wider than the image. */
  readonly padded: boolean;
  readonly frameHeight: number;
  readonly frameWidth: number;
  readonly info: backend_util.Conv2DInfo;
}

/** Numbers in the images that are framed at a time: 1 MB. */
const FRAMED = 256 * 1024;

/** The patches of a convolution as tfjs describes it. */
export function patchesOf(info: backend_util.Conv2DInfo): Patches {
  const { outHeight, outWidth, strideHeight, strideWidth, filterHeight, filterWidth, inChannels: channels, padInfo } = info;
  const frameHeight = Math.max(padInfo.top + info.inHeight, (outHeight - 1) * strideHeight + info.effectiveFilterHeight);
  const frameWidth = Math.max(padInfo.left + info.inWidth, (outWidth - 1) * strideWidth + info.effectiveFilterWidth);
  const frameSize = frameHeight * frameWidth * channels;
  const images = Math.max(1, Math.min(info.batchSize, Math.floor(FRAMED / frameSize)));
  const positions = outHeight * outWidth;
  const starts = new Int32Array(images * positions);
  for (let i = 0; i < starts.length; i++) {
    const position = i % positions;
    const row = Math.floor(position / outWidth) * strideHeight;
    const column = (position % outWidth) * strideWidth;
    starts[i] = Math.floor(i / positions) * frameSize + (row * frameWidth + column) * channels;
  }
  const depth = filterHeight * filterWidth * channels;
  const offsets = new Int32Array(depth);
  for (let k = 0; k < depth; k++) {
    const tap = Math.floor(k / channels);
    const row = Math.floor(tap / filterWidth) * info.dilationHeight;
    const column = (tap % filterWidth) * info.dilationWidth;
    offsets[k] = (row * frameWidth + column) * channels + (k % channels);
  }
  const padded = frameHeight > info.inHeight || frameWidth > info.inWidth;
  return { images, positions, depth, starts, offsets, padded, frameHeight, frameWidth, info };
}

/** Zeros for `patches.images` framed images. */
export function emptyFrames({ images, frameHeight, frameWidth, info }: Patches): Float32Array {
  return new Float32Array(images * frameHeight * frameWidth * info.inChannels);
}

/** Copies images `first` to `first + count` of `x` into `frames`, whose borders stay as they are. */
export function intoFrames(x: Float32Array, patches: Patches, first: number, count: number, frames: Float32Array): void {
  eachRow(patches, first, count, (inside, framed, length) => frames.set(x.subarray(inside, inside + length), framed));
}

/** Copies what {@link intoFrames} does, back: the borders are dropped. */
export function outOfFrames(frames: Float32Array, patches: Patches, first: number, count: number, x: Float32Array): void {
  eachRow(patches, first, count, (inside, framed, length) => x.set(frames.subarray(framed, framed + length), inside));
}

function eachRow(patches: Patches, first: number, count: number, visit: (inside: number, framed: number, length: number) => void): void {
  const { frameHeight, frameWidth, info } = patches;
  const { inHeight, inWidth, inChannels: channels, padInfo } = info;
  for (let image = 0; image < count; image++) {
    for (let row = 0; row < inHeight; row++) {
      const inside = ((first + image) * inHeight + row) * inWidth * channels;
      const framed = ((image * frameHeight + padInfo.top + row) * frameWidth + padInfo.left) * channels;
      visit(inside, framed, inWidth * channels);
    }
  }
}

/**
 * Copies patches `first` to `first + count` of the framed images into panels whose lanes are positions: `panels[position / 4][k][position % 4]`.
 * The lanes that fill the last panel up repeat the last patch.
 */
export function packPatches(
  frames: Float32Array,
  { starts, offsets, depth }: Patches,
  first: number,
  count: number,
  panels: Float64Array,
): void {
  const last = first + count - 1;
  let to = 0;
  for (let position = first; position <= last; position += LANES) {
    const start0 = starts[position]!;
    const start1 = starts[Math.min(position + 1, last)]!;
    const start2 = starts[Math.min(position + 2, last)]!;
    const start3 = starts[Math.min(position + 3, last)]!;
    for (let k = 0; k < depth; k++) {
      const offset = offsets[k]!;
      panels[to] = frames[start0 + offset]!;
      panels[to + 1] = frames[start1 + offset]!;
      panels[to + 2] = frames[start2 + offset]!;
      panels[to + 3] = frames[start3 + offset]!;
      to += LANES;
    }
  }
}

/** As {@link packPatches}, transposed: lanes are the numbers of a patch, `panels[k / 4][position][k % 4]`. */
export function packPatchesTransposed(
  frames: Float32Array,
  { starts, offsets, depth }: Patches,
  first: number,
  count: number,
  panels: Float64Array,
): void {
  let to = 0;
  for (let k = 0; k < depth; k += LANES) {
    const offset0 = offsets[k]!;
    const offset1 = offsets[Math.min(k + 1, depth - 1)]!;
    const offset2 = offsets[Math.min(k + 2, depth - 1)]!;
    const offset3 = offsets[Math.min(k + 3, depth - 1)]!;
    for (let position = first; position < first + count; position++) {
      const start = starts[position]!;
      panels[to] = frames[start + offset0]!;
      panels[to + 1] = frames[start + offset1]!;
      panels[to + 2] = frames[start + offset2]!;
      panels[to + 3] = frames[start + offset3]!;
      to += LANES;
    }
  }
}

/** Adds rows `[count, depth]` of the matrix of patches to the numbers of the framed images that they stand for. */
export function addPatches(
  rows: Float32Array,
  { starts, offsets, depth }: Patches,
  first: number,
  count: number,
  frames: Float32Array,
): void {
  let from = 0;
  for (let position = first; position < first + count; position++) {
    const start = starts[position]!;
    for (let k = 0; k < depth; k++) {
      const to = start + offsets[k]!;
      frames[to] = frames[to]! + rows[from++]!;
    }
  }
}
