import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  backend_util,
  type SliceAttrs,
  type SliceInputs,
  type SplitVAttrs,
  type SplitVInputs,
  slice_util,
  type TensorInfo,
  type TransposeAttrs,
  type TransposeInputs,
  type UnpackAttrs,
  type UnpackInputs,
  util,
} from '@tensorflow/tfjs-core';
import { sizeOf } from '../host-array.js';
import { type FastKernel, floatValues, output } from './kernel.js';
import { stridesOf, walk } from './walk.js';

/**
 * Kernels that only move numbers: each reads `x`, `float32`, through other strides than its own. As in tfjs, a part that is contiguous in `x`
 * shares its memory.
 */

export const transpose: FastKernel<TransposeInputs, TransposeAttrs> = ({ inputs: { x }, attrs: { perm }, backend }) => {
  const values = floatValues(backend, x);
  if (!values) return undefined;
  const strides = stridesOf(x.shape);
  const shape = perm.map(axis => x.shape[axis]!);
  const transposed = gatherStrided(
    values,
    0,
    shape,
    perm.map(axis => strides[axis]!),
  );
  return output(backend, transposed, shape);
};

export const slice: FastKernel<SliceInputs, SliceAttrs> = ({ inputs: { x }, attrs, backend }) => {
  const values = floatValues(backend, x);
  if (!values) return undefined;
  const [begin, size] = slice_util.parseSliceParams(x, attrs.begin, attrs.size) as [number[], number[]];
  slice_util.assertParamsValid(x, begin, size);
  return part(backend, x, values, begin, size);
};

export const split: FastKernel<SplitVInputs, SplitVAttrs> = ({ inputs: { x }, attrs, backend }) => {
  const values = floatValues(backend, x);
  if (!values) return undefined;
  const axis = util.parseAxisParam(attrs.axis, x.shape)[0]!;
  const begin = new Array<number>(x.shape.length).fill(0);
  return backend_util.prepareSplitSize(x, attrs.numOrSizeSplits, axis).map(size => {
    const taken = part(backend, x, values, begin, x.shape.with(axis, size));
    begin[axis] = begin[axis]! + size;
    return taken;
  });
};

/** `x` without an axis, once for every index along it. */
export const unpack: FastKernel<UnpackInputs, UnpackAttrs> = ({ inputs: { value: x }, attrs, backend }) => {
  const values = floatValues(backend, x);
  if (!values) return undefined;
  const axis = attrs.axis < 0 ? attrs.axis + x.shape.length : attrs.axis;
  const begin = new Array<number>(x.shape.length).fill(0);
  return Array.from({ length: x.shape[axis]! }, (_, index) => {
    const { dataId, dtype } = part(backend, x, values, begin.with(axis, index), x.shape.with(axis, 1));
    return { dataId, dtype, shape: x.shape.toSpliced(axis, 1) };
  });
};

function part(backend: MathBackendCPU, x: TensorInfo, values: Float32Array, begin: readonly number[], size: readonly number[]): TensorInfo {
  const strides = stridesOf(x.shape);
  const offset = begin.reduce((sum, start, axis) => sum + start * strides[axis]!, 0);
  const contiguous = slice_util.isSliceContinous(x.shape, [...begin], [...size]);
  const taken = contiguous ? values.subarray(offset, offset + sizeOf(size)) : gatherStrided(values, offset, size, strides);
  return output(backend, taken, size);
}

/** The array of `shape` that is read from `values` with these strides. */
function gatherStrided(values: Float32Array, offset: number, shape: readonly number[], strides: readonly number[]): Float32Array {
  const out = new Float32Array(sizeOf(shape));
  let to = 0;
  walk(shape, strides, strides, (at, step, _at, _step, count) => {
    for (let i = 0, from = offset + at; i < count; i++, from += step) out[to++] = values[from]!;
  });
  return out;
}
