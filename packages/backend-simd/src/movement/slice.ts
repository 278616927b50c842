import {
  backend_util,
  type SliceAttrs,
  type SliceInputs,
  type SplitVAttrs,
  type SplitVInputs,
  type StridedSliceAttrs,
  type StridedSliceInputs,
  slice_util,
  type TensorInfo,
  type UnpackAttrs,
  type UnpackInputs,
  util,
} from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { bytesOf, copyRows, copyStrided, stridesOf } from './strided.js';

/** The part of `x` that begins at `begin` and is of `size`, copied; `undefined` for types that are no numbers. */
export function slicePart(
  backend: SimdBackend,
  x: TensorInfo,
  begin: readonly number[],
  size: readonly number[],
  steps?: readonly number[],
): TensorInfo | undefined {
  const bytes = bytesOf(x.dtype);
  if (bytes === undefined || x.shape.length > 6) return undefined;
  const strides = stridesOf(x.shape);
  let from = backend.pointer(x);
  for (let axis = 0; axis < begin.length; axis++) from += begin[axis]! * strides[axis]! * bytes;
  const out = backend.output(size, x.dtype);
  const walked = steps ? strides.map((stride, axis) => stride * steps[axis]!) : strides;
  copyStrided(backend, bytes, from, backend.pointer(out), size, walked, stridesOf(size));
  return out;
}

/** A box of x. */
export const slice: SimdKernel = simdKernel<SliceInputs, SliceAttrs>('Slice', ({ inputs: { x }, attrs, backend }) => {
  const [begin, size] = slice_util.parseSliceParams(x, attrs.begin, attrs.size) as [number[], number[]];
  slice_util.assertParamsValid(x, begin, size);
  return slicePart(backend, x, begin, size);
});

/** Every so many elements of a box of x, forwards or backwards, with axes taken away or put in. */
export const stridedSlice: SimdKernel = simdKernel<StridedSliceInputs, StridedSliceAttrs>(
  'StridedSlice',
  ({ inputs: { x }, attrs, backend }) => {
    if (bytesOf(x.dtype) === undefined || x.shape.length > 6 || x.shape.length === 0) return undefined;
    const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attrs;
    const info = slice_util.sliceInfo(x.shape, begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask);
    if (info.isIdentity) return backend.alias(x, info.finalShape);
    const size = slice_util.computeOutShape(info.begin, info.end, info.strides).map(length => Math.max(0, length));
    const part = slicePart(backend, x, info.begin, size, info.strides);
    return part && { ...part, shape: info.finalShape };
  },
);

/** x cut along an axis into parts of these sizes. */
export const splitV: SimdKernel = simdKernel<SplitVInputs, SplitVAttrs>('SplitV', ({ inputs: { x }, attrs, backend }) => {
  const bytes = bytesOf(x.dtype);
  if (bytes === undefined) return undefined;
  const axis = util.parseAxisParam(attrs.axis, x.shape)[0]!;
  const sizes = backend_util.prepareSplitSize(x, attrs.numOrSizeSplits, axis);
  return cut(backend, x, bytes, axis, sizes, size => x.shape.map((length, other) => (other === axis ? size : length)));
});

/** x without an axis, once for every index along it. */
export const unpack: SimdKernel = simdKernel<UnpackInputs, UnpackAttrs>('Unpack', ({ inputs: { value: x }, attrs, backend }) => {
  const bytes = bytesOf(x.dtype);
  if (bytes === undefined) return undefined;
  const axis = attrs.axis < 0 ? attrs.axis + x.shape.length : attrs.axis;
  const sizes = new Array<number>(x.shape[axis]!).fill(1);
  return cut(backend, x, bytes, axis, sizes, () => x.shape.filter((_, other) => other !== axis));
});

function cut(
  backend: SimdBackend,
  x: TensorInfo,
  bytes: 4 | 1,
  axis: number,
  sizes: readonly number[],
  shapeOf: (size: number) => number[],
): TensorInfo[] {
  const inner = util.sizeFromShape(x.shape.slice(axis + 1));
  const outer = util.sizeFromShape(x.shape.slice(0, axis));
  const stride = x.shape[axis]! * inner;
  let from = backend.pointer(x);
  return sizes.map(size => {
    const out = backend.output(shapeOf(size), x.dtype);
    copyRows(backend, bytes, from, backend.pointer(out), outer, size * inner, stride, size * inner);
    from += size * inner * bytes;
    return out;
  });
}
