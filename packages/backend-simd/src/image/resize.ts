import type { ResizeBilinearAttrs, ResizeBilinearGradInputs, ResizeBilinearInputs, TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';

/** Numbers in a chunk. */
const CHUNK = 8192;

interface Settings {
  readonly alignCorners: boolean;
  /** Gradients of older programs come without. */
  readonly halfPixelCenters?: boolean;
}

/** Where the numbers of a resized axis are taken from: see assembly/image/resize.ts. @param stride bytes between two places of the old axis */
function table(
  from: number,
  to: number,
  stride: number,
  isNearest: boolean,
  { alignCorners, halfPixelCenters = false }: Settings,
): Int32Array {
  const isAligned = alignCorners && to > 1;
  const ratio = (isAligned ? from - 1 : from) / (isAligned ? to - 1 : to);
  const offsets = new Int32Array(3 * to);
  const parts = new Float32Array(offsets.buffer, 8 * to);
  for (let i = 0; i < to; i++) {
    if (isNearest) {
      const place = ratio * (halfPixelCenters ? i + 0.5 : i);
      offsets[i] = offsets[to + i] = Math.min(from - 1, alignCorners ? Math.round(place) : Math.floor(place)) * stride;
      continue;
    }
    const place = halfPixelCenters ? ratio * (i + 0.5) - 0.5 : ratio * i;
    const before = Math.max(0, Math.floor(place));
    offsets[i] = before * stride;
    offsets[to + i] = Math.min(from - 1, Math.max(0, Math.ceil(place))) * stride;
    parts[i] = place - before;
  }
  return offsets;
}

type Shape = [batch: number, height: number, width: number, channels: number];

/** `images` resized to `size`, [height, width]. */
function resized(backend: SimdBackend, images: TensorInfo, size: readonly number[], isNearest: boolean, settings: Settings): TensorInfo {
  const [batch, oldHeight, oldWidth, channels] = images.shape as Shape;
  const [height, width] = size as [number, number];
  const out = backend.output([batch, height, width, channels], images.dtype);
  if (util.sizeFromShape(out.shape) === 0) return out;
  const rows = backend.scratchOf(table(oldHeight, height, oldWidth * channels * 4, isNearest, settings));
  const columns = backend.scratchOf(table(oldWidth, width, channels * 4, isNearest, settings));
  const perChunk = Math.max(1, Math.floor(CHUNK / (width * channels)));
  const sizes = [height, width, channels, oldHeight * oldWidth * channels * 4, perChunk, batch * height, isNearest ? 1 : 0];
  backend.run('resize32', Math.ceil((batch * height) / perChunk), backend.pointer(images), backend.pointer(out), rows, columns, ...sizes);
  backend.releaseScratch(rows);
  backend.releaseScratch(columns);
  return out;
}

/** The gradient of {@link resized} by `images`, float32: its transpose. */
function gradient(
  backend: SimdBackend,
  images: TensorInfo,
  dy: TensorInfo,
  isNearest: boolean,
  settings: Settings,
): TensorInfo | undefined {
  if (dy.dtype !== 'float32' || images.dtype !== 'float32' || util.sizeFromShape(images.shape) === 0) return undefined;
  const [batch, oldHeight, oldWidth, channels] = images.shape as Shape;
  const [, height, width] = dy.shape as Shape;
  const dx = backend.output(images.shape);
  const rows = backend.scratchOf(table(oldHeight, height, oldWidth * channels * 4, isNearest, settings));
  const columns = backend.scratchOf(table(oldWidth, width, channels * 4, isNearest, settings));
  const sizes = [height, width, channels, oldHeight * oldWidth * channels * 4, isNearest ? 1 : 0];
  backend.run('resizeGradF32', batch, backend.pointer(dy), backend.pointer(dx), rows, columns, ...sizes);
  backend.releaseScratch(rows);
  backend.releaseScratch(columns);
  return dx;
}

/** Images of float32, channels last; `undefined` leaves others, and those that have no pixels, to cpu. */
const resize = (kernelName: string, isNearest: boolean): SimdKernel =>
  simdKernel<ResizeBilinearInputs, ResizeBilinearAttrs>(kernelName, ({ inputs: { images }, attrs, backend }) =>
    images.dtype === 'float32' && util.sizeFromShape(images.shape) > 0 ? resized(backend, images, attrs.size, isNearest, attrs) : undefined,
  );

/** (`cpu`'s kernels mix up height and width, or batches, and leave half-pixel centers out of account.) */
const resizeGrad = (kernelName: string, isNearest: boolean): SimdKernel =>
  simdKernel<ResizeBilinearGradInputs, Settings>(kernelName, ({ inputs: { images, dy }, attrs, backend }) =>
    gradient(backend, images, dy, isNearest, attrs),
  );

export const resizeKernels: readonly SimdKernel[] = [
  resize('ResizeBilinear', false),
  resizeGrad('ResizeBilinearGrad', false),
  resize('ResizeNearestNeighbor', true),
  resizeGrad('ResizeNearestNeighborGrad', true),
];
