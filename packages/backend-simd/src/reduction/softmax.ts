import {
  type LogSoftmaxAttrs,
  type LogSoftmaxInputs,
  type SoftmaxAttrs,
  type SoftmaxInputs,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';

/** Numbers in a chunk. */
const CHUNK = 2048;

/** Rows in a chunk. */
export const rowsInChunk = (columns: number): number => Math.max(1, Math.floor(CHUNK / columns));

/** eˣ / Σ eˣ along the last axis, float32. */
export const softmax: SimdKernel = simdKernel<SoftmaxInputs, SoftmaxAttrs>('Softmax', ({ inputs: { logits }, attrs: { dim }, backend }) =>
  ofRows(backend, 'softmaxF32', logits, dim),
);

/** x − log Σ eˣ along the last axis, float32. */
export const logSoftmax: SimdKernel = simdKernel<LogSoftmaxInputs, LogSoftmaxAttrs>(
  'LogSoftmax',
  ({ inputs: { logits }, attrs: { axis }, backend }) => ofRows(backend, 'logSoftmaxF32', logits, axis),
);

function ofRows(backend: SimdBackend, kernel: 'softmaxF32' | 'logSoftmaxF32', x: TensorInfo, axis: number): TensorInfo | undefined {
  const last = x.shape.length - 1;
  if (x.dtype !== 'float32' || last < 0 || (axis !== last && axis !== -1)) return undefined;
  const columns = x.shape[last]!;
  const out = backend.output(x.shape);
  const size = util.sizeFromShape(x.shape);
  if (size === 0) return out;
  const perChunk = rowsInChunk(columns);
  const rows = size / columns;
  backend.run(kernel, Math.ceil(rows / perChunk), backend.pointer(x), backend.pointer(out), rows, columns, perChunk);
  return out;
}

/** y · (dy − Σ y · dy) along the last axis, float32: what `@jogak/ops` calls the gradient of softmax. */
export const softmaxGrad: SimdKernel = simdKernel<{ y: TensorInfo; dy: TensorInfo }, object>(
  'JogakSoftmaxGrad',
  ({ inputs: { y, dy }, backend }) => {
    const columns = y.shape[y.shape.length - 1]!;
    const out = backend.output(y.shape);
    const size = util.sizeFromShape(y.shape);
    if (size === 0) return out;
    const perChunk = rowsInChunk(columns);
    const rows = size / columns;
    const pointers = [backend.pointer(y), backend.pointer(dy), backend.pointer(out)];
    backend.run('softmaxGradF32', Math.ceil(rows / perChunk), ...pointers, rows, columns, perChunk);
    return out;
  },
);
