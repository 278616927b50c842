import {
  type BatchToSpaceNDAttrs,
  type BatchToSpaceNDInputs,
  backend_util,
  type DepthToSpaceAttrs,
  type DepthToSpaceInputs,
  type FlipLeftRightInputs,
  type ReverseAttrs,
  type ReverseInputs,
  type SpaceToBatchNDAttrs,
  type SpaceToBatchNDInputs,
  type TensorInfo,
  type TileAttrs,
  type TileInputs,
  type TransposeAttrs,
  type TransposeInputs,
  util,
} from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { padWith } from './pad.js';
import { slicePart } from './slice.js';
import { bytesOf, copyStrided, stridesOf } from './strided.js';

/** Axes in another order. */
export const transpose: SimdKernel = simdKernel<TransposeInputs, TransposeAttrs>('Transpose', ({ inputs: { x }, attrs, backend }) =>
  transposed(backend, x, x.shape, attrs.perm, undefined),
);

/** `x`, taken to have `shape`, with its axes in the order `perm`, as `outShape`; by default as it comes out. */
function transposed(
  backend: SimdBackend,
  x: TensorInfo,
  shape: readonly number[],
  perm: readonly number[],
  outShape: readonly number[] | undefined,
): TensorInfo | undefined {
  const bytes = bytesOf(x.dtype);
  if (bytes === undefined) return undefined;
  const strides = stridesOf(shape);
  const moved = perm.map(axis => shape[axis]!);
  const from = perm.map(axis => strides[axis]!);
  const out = backend.output(outShape ?? moved, x.dtype);
  if (copyStrided(backend, bytes, backend.pointer(x), backend.pointer(out), moved, from, stridesOf(moved))) return out;
  backend.disposeData(out.dataId);
  return undefined;
}

/** Axes read backwards. */
export const reverse: SimdKernel = simdKernel<ReverseInputs, ReverseAttrs>('Reverse', ({ inputs: { x }, attrs, backend }) =>
  reversed(backend, x, util.parseAxisParam(attrs.dims, x.shape)),
);

/** Images, channels last, with left and right exchanged. */
export const flipLeftRight: SimdKernel = simdKernel<FlipLeftRightInputs, object>('FlipLeftRight', ({ inputs: { image }, backend }) =>
  reversed(backend, image, [2]),
);

function reversed(backend: SimdBackend, x: TensorInfo, axes: readonly number[]): TensorInfo | undefined {
  const bytes = bytesOf(x.dtype);
  if (bytes === undefined || x.shape.length > 6) return undefined;
  const strides = stridesOf(x.shape);
  const from = [...strides];
  let start = backend.pointer(x);
  for (const axis of axes) {
    start += (x.shape[axis]! - 1) * strides[axis]! * bytes;
    from[axis] = -strides[axis]!;
  }
  const out = backend.output(x.shape, x.dtype);
  copyStrided(backend, bytes, start, backend.pointer(out), x.shape, from, strides);
  return out;
}

/** x again and again along its axes. */
export const tile: SimdKernel = simdKernel<TileInputs, TileAttrs>('Tile', ({ inputs: { x }, attrs: { reps }, backend }) => {
  const bytes = bytesOf(x.dtype);
  if (bytes === undefined) return undefined;
  const strides = stridesOf(x.shape);
  const lengths: number[] = [];
  const from: number[] = [];
  const outShape: number[] = [];
  for (let axis = 0; axis < x.shape.length; axis++) {
    lengths.push(reps[axis]!, x.shape[axis]!);
    from.push(0, strides[axis]!);
    outShape.push(reps[axis]! * x.shape[axis]!);
  }
  const out = backend.output(outShape, x.dtype);
  if (copyStrided(backend, bytes, backend.pointer(x), backend.pointer(out), lengths, from, stridesOf(lengths))) return out;
  backend.disposeData(out.dataId);
  return undefined;
});

/** Blocks of channels become blocks of pixels. */
export const depthToSpace: SimdKernel = simdKernel<DepthToSpaceInputs, DepthToSpaceAttrs>(
  'DepthToSpace',
  ({ inputs: { x }, attrs: { blockSize, dataFormat }, backend }) => {
    if (dataFormat !== 'NHWC') return undefined;
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    const depth = channels / (blockSize * blockSize);
    const outShape = [batch, height * blockSize, width * blockSize, depth];
    return transposed(backend, x, [batch, height, width, blockSize, blockSize, depth], [0, 1, 3, 2, 4, 5], outShape);
  },
);

/** Blocks of pixels become samples. */
export const spaceToBatchND: SimdKernel = simdKernel<SpaceToBatchNDInputs, SpaceToBatchNDAttrs>(
  'SpaceToBatchND',
  ({ inputs: { x }, attrs: { blockShape, paddings }, backend }) => {
    if (bytesOf(x.dtype) === undefined) return undefined;
    const blocks = blockShape.reduce((product, size) => product * size, 1);
    const all = x.shape.map((_, axis) => paddings[axis - 1] ?? [0, 0]);
    const padded = all.some(([before, after]) => before !== 0 || after !== 0) ? padWith(backend, x, all, 0) : undefined;
    const source = padded ?? x;
    const split = backend_util.getReshaped(source.shape, blockShape, blocks, false);
    const perm = backend_util.getPermuted(split.length, blockShape.length, false);
    const out = transposed(backend, source, split, perm, backend_util.getReshapedPermuted(source.shape, blockShape, blocks, false));
    if (padded) backend.disposeData(padded.dataId);
    return out;
  },
);

/** Samples become blocks of pixels, of which some at the edges are cropped. */
export const batchToSpaceND: SimdKernel = simdKernel<BatchToSpaceNDInputs, BatchToSpaceNDAttrs>(
  'BatchToSpaceND',
  ({ inputs: { x }, attrs: { blockShape, crops }, backend }) => {
    const blocks = blockShape.reduce((product, size) => product * size, 1);
    const split = backend_util.getReshaped(x.shape, blockShape, blocks);
    const perm = backend_util.getPermuted(split.length, blockShape.length);
    const whole = transposed(backend, x, split, perm, backend_util.getReshapedPermuted(x.shape, blockShape, blocks));
    if (!whole || crops.every(([before, after]) => before === 0 && after === 0)) return whole;
    const cropOf = (axis: number): readonly number[] => crops[axis - 1] ?? [0, 0];
    const begin = whole.shape.map((_, axis) => cropOf(axis)[0]!);
    const size = whole.shape.map((length, axis) => length - cropOf(axis)[0]! - cropOf(axis)[1]!);
    const part = slicePart(backend, whole, begin, size);
    backend.disposeData(whole.dataId);
    return part;
  },
);
