import {
  type CumprodAttrs,
  type CumprodInputs,
  type CumsumAttrs,
  type CumsumInputs,
  type TensorInfo,
  type TopKAttrs,
  type TopKInputs,
  util,
} from '@tensorflow/tfjs-core';
import type { KernelName, SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';

/** Numbers in a chunk. */
const CHUNK = 4096;
/** Above it, what cpu does, selecting and sorting, is quicker than inserting. */
const MOST = 64;

/** Sums along an axis up to each number, float32 or int32. */
export const cumsum: SimdKernel = simdKernel<CumsumInputs, CumsumAttrs>('Cumsum', ({ inputs: { x }, attrs, backend }) => {
  if (x.dtype !== 'float32' && x.dtype !== 'int32') return undefined;
  return cumulate(backend, x.dtype === 'float32' ? 'cumulativeSumF32' : 'cumulativeSumI32', x, attrs);
});

/** Products along an axis up to each number, float32. */
export const cumprod: SimdKernel = simdKernel<CumprodInputs, CumprodAttrs>('Cumprod', ({ inputs: { x }, attrs, backend }) =>
  x.dtype === 'float32' ? cumulate(backend, 'cumulativeProductF32', x, attrs) : undefined,
);

function cumulate(backend: SimdBackend, kernel: KernelName, x: TensorInfo, { axis, exclusive, reverse }: CumsumAttrs): TensorInfo {
  const at = axis < 0 ? axis + x.shape.length : axis;
  const out = backend.output(x.shape, x.dtype);
  const inner = util.sizeFromShape(x.shape.slice(at + 1));
  const outer = util.sizeFromShape(x.shape.slice(0, at));
  const count = x.shape[at] ?? 1;
  if (outer * count * inner === 0) return out;
  const perChunk = Math.max(1, Math.floor(CHUNK / (count * inner)));
  const pointers = [backend.pointer(x), backend.pointer(out)];
  backend.run(kernel, Math.ceil(outer / perChunk), ...pointers, outer, count, inner, perChunk, exclusive ? 1 : 0, reverse ? 1 : 0);
  return out;
}

/** The k largest along the last axis, downwards, the first of equal ones first, and where they are; float32 or int32. */
export const topK: SimdKernel = simdKernel<TopKInputs, TopKAttrs>('TopK', ({ inputs: { x }, attrs: { k }, backend }) => {
  const columns = x.shape[x.shape.length - 1]!;
  if ((x.dtype !== 'float32' && x.dtype !== 'int32') || k > Math.min(MOST, columns) || k < 1) return undefined;
  const shape = [...x.shape.slice(0, -1), k];
  const values = backend.output(shape, x.dtype);
  const indices = backend.output(shape, 'int32');
  const rows = util.sizeFromShape(x.shape) / columns;
  if (rows === 0) return [values, indices];
  const perChunk = Math.max(1, Math.floor(CHUNK / columns));
  const pointers = [backend.pointer(x), backend.pointer(values), backend.pointer(indices)];
  const kernel = x.dtype === 'float32' ? 'topKF32' : 'topKI32';
  backend.run(kernel, Math.ceil(rows / perChunk), ...pointers, rows, columns, k, perChunk);
  return [values, indices];
});
