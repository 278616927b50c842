import {
  type AllAttrs,
  type AllInputs,
  type AnyAttrs,
  type AnyInputs,
  type ArgMaxAttrs,
  type ArgMaxInputs,
  type ProdAttrs,
  type ProdInputs,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type { KernelName, SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { axisBits, type Pass, reduceAxes, reducedShape, reducesNothing } from './reduce.js';

/** Numbers in a chunk: of products, of comparisons, and of bytes. */
const CHUNK = 4096;
const COMPARED = 16384;
const BYTES = 65536;

const foldPass =
  (backend: SimdBackend, kernel: KernelName, chunk: number, flag = 0): Pass =>
  (from, to, outer, count, inner) => {
    const perChunk = Math.max(1, Math.floor(chunk / Math.max(1, count * inner)));
    backend.run(kernel, Math.ceil(outer / perChunk), from, to, outer, count, inner, perChunk, flag);
  };

/** Product over axes, float32; of nothing, 1. */
export const prod: SimdKernel = simdKernel<ProdInputs, ProdAttrs>('Prod', ({ inputs: { x }, attrs, backend }) => {
  if (x.dtype !== 'float32') return undefined;
  const bits = axisBits(attrs.axis, x.shape.length);
  return reduceAxes(backend, x, bits, attrs.keepDims, 'float32', 4, foldPass(backend, 'productF32', CHUNK));
});

/** Whether all over axes are true, bool. */
export const all: SimdKernel = simdKernel<AllInputs, AllAttrs>('All', ({ inputs: { x }, attrs, backend }) =>
  truth(backend, x, attrs, 'allU8'),
);

/** Whether any over axes is true, bool. */
export const any: SimdKernel = simdKernel<AnyInputs, AnyAttrs>('Any', ({ inputs: { x }, attrs, backend }) =>
  truth(backend, x, attrs, 'anyU8'),
);

function truth(backend: SimdBackend, x: TensorInfo, attrs: AllAttrs, kernel: KernelName): TensorInfo | undefined {
  const bits = axisBits(attrs.axis, x.shape.length);
  if (x.dtype !== 'bool' || reducesNothing(x.shape, bits)) return undefined;
  return reduceAxes(backend, x, bits, attrs.keepDims, 'bool', 1, foldPass(backend, kernel, BYTES));
}

/** Index of the first largest along an axis, of float32 or int32. */
export const argMax: SimdKernel = simdKernel<ArgMaxInputs, ArgMaxAttrs>('ArgMax', ({ inputs: { x }, attrs, backend }) =>
  arg(backend, x, attrs.axis, 0),
);

/** Index of the first smallest along an axis, of float32 or int32. */
export const argMin: SimdKernel = simdKernel<ArgMaxInputs, ArgMaxAttrs>('ArgMin', ({ inputs: { x }, attrs, backend }) =>
  arg(backend, x, attrs.axis, 1),
);

function arg(backend: SimdBackend, x: TensorInfo, axes: number, smallest: number): TensorInfo | undefined {
  const bits = axisBits(axes, x.shape.length);
  const axis = 31 - Math.clz32(bits);
  if ((x.dtype !== 'float32' && x.dtype !== 'int32') || bits !== 1 << axis || reducesNothing(x.shape, bits)) return undefined;
  const out = backend.output(reducedShape(x.shape, bits, false), 'int32');
  const inner = util.sizeFromShape(x.shape.slice(axis + 1));
  const count = x.shape[axis]!;
  const outer = util.sizeFromShape(x.shape.slice(0, axis));
  const kernel = x.dtype === 'float32' ? 'argF32' : 'argI32';
  if (outer * inner > 0) foldPass(backend, kernel, COMPARED, smallest)(backend.pointer(x), backend.pointer(out), outer, count, inner, true);
  return out;
}
