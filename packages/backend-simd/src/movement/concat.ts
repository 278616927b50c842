import { type ConcatAttrs, type PackAttrs, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { bytesOf, copyRows } from './strided.js';

/** tfjs gives concat and pack their inputs as a list. */
type List = readonly TensorInfo[];

/** Tensors one behind the other along an axis. */
export const concat: SimdKernel = simdKernel<object, ConcatAttrs>('Concat', ({ inputs, attrs, backend }) => {
  const list = inputs as unknown as List;
  const { shape } = list[0]!;
  const axis = attrs.axis < 0 ? attrs.axis + shape.length : attrs.axis;
  const outShape = [...shape];
  outShape[axis] = list.reduce((sum, x) => sum + x.shape[axis]!, 0);
  if (!list.every(x => x.shape.length === shape.length && x.shape.every((size, other) => other === axis || size === shape[other])))
    return undefined;
  return join(backend, list, outShape, axis);
});

/** Tensors of one shape along a new axis. */
export const pack: SimdKernel = simdKernel<object, PackAttrs>('Pack', ({ inputs, attrs, backend }) => {
  const list = inputs as unknown as List;
  const { shape } = list[0]!;
  const axis = attrs.axis < 0 ? attrs.axis + shape.length + 1 : attrs.axis;
  if (!list.every(x => util.arraysEqual(x.shape, shape))) return undefined;
  return join(backend, list, [...shape.slice(0, axis), list.length, ...shape.slice(axis)], axis);
});

/** `undefined` unless all are numbers of one type. */
function join(backend: SimdBackend, list: List, outShape: readonly number[], axis: number): TensorInfo | undefined {
  const { dtype } = list[0]!;
  const bytes = bytesOf(dtype);
  if (bytes === undefined || !list.every(x => x.dtype === dtype)) return undefined;
  let outer = 1;
  for (let before = 0; before < axis; before++) outer *= outShape[before]!;
  const out = backend.output(outShape, dtype);
  const size = util.sizeFromShape(out.shape);
  if (size === 0) return out;
  const stride = size / outer;
  let to = backend.pointer(out);
  for (const x of list) {
    const length = util.sizeFromShape(x.shape) / outer;
    copyRows(backend, bytes, backend.pointer(x), to, outer, length, length, stride);
    to += length * bytes;
  }
  return out;
}
