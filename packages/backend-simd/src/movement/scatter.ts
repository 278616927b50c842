import {
  backend_util,
  type GatherNdInputs,
  type ScatterNdAttrs,
  type ScatterNdInputs,
  type TensorInfo,
  type TensorScatterUpdateInputs,
  util,
} from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { runChecked } from './checked-ids.js';
import { copyRows } from './strided.js';

/** Numbers in a chunk. */
const CHUNK = 16384;

/** What indices `[…, depth]` name: `count` rows of `size` numbers, of `rows` in all; `strides`, in rows, are those of the axes that they count along. */
interface Rows {
  readonly count: number;
  readonly size: number;
  readonly rows: number;
  readonly strides: readonly number[];
}

/** Address of the number of each row that indices name; undefined, with nothing kept, if one of them is none: cpu's kernel says so. */
function rowNumbers(backend: SimdBackend, indices: TensorInfo, { count, rows, strides }: Rows): number | undefined {
  const ids = backend.scratch(count * 4);
  const isRight = runChecked(
    backend,
    indices,
    numbers => areRows(numbers, strides, rows),
    wrong => {
      const steps = backend.scratchOf(Int32Array.from(strides));
      backend.run('rowNumbersI32', 1, backend.pointer(indices), ids, count, strides.length, steps, rows, wrong);
      backend.releaseScratch(steps);
    },
  );
  if (isRight) return ids;
  backend.releaseScratch(ids);
  return undefined;
}

function areRows(numbers: Int32Array, strides: readonly number[], rows: number): boolean {
  for (let at = 0; at < numbers.length; at += strides.length) {
    let row = 0;
    for (let axis = 0; axis < strides.length; axis++) row += numbers[at + axis]! * strides[axis]!;
    if (row < 0 || row >= rows) return false;
  }
  return true;
}

const isWord = ({ dtype }: TensorInfo): boolean => dtype === 'float32' || dtype === 'int32';

/** Slices of a tensor, by their indices along its first axes. */
export const gatherNd: SimdKernel = simdKernel<GatherNdInputs, object>('GatherNd', ({ inputs: { params, indices }, backend }) => {
  if (!isWord(params)) return undefined;
  const [shape, count, size, strides] = backend_util.prepareAndValidate(params, indices);
  const rows = util.sizeFromShape(params.shape) / size;
  if (count * size === 0 || strides.length === 0) return undefined;
  const ids = rowNumbers(backend, indices, { count, size, rows, strides });
  if (ids === undefined) return undefined;
  const out = backend.output(shape, params.dtype);
  const perChunk = Math.max(1, Math.floor(CHUNK / size));
  const pointers = [backend.pointer(params), ids, backend.pointer(out)];
  backend.run('gather32', Math.ceil(count / perChunk), ...pointers, 1, rows, count, size * 4, 1, perChunk, 0);
  backend.releaseScratch(ids);
  return out;
});

/** What `updates` are scattered to by indices; undefined where there is nothing to do, or what cpu has words for. */
function scattered(updates: TensorInfo, indices: TensorInfo, shape: readonly number[]): Rows | undefined {
  const info = backend_util.calculateShapes(updates, indices, [...shape]);
  const { sliceRank, numUpdates: count, sliceSize: size, outputSize } = info;
  if (outputSize === 0 || count === 0 || sliceRank === 0 || updates.shape.length === 0 || indices.dtype !== 'int32') return undefined;
  return { count, size, rows: outputSize / size, strides: info.strides.slice(0, sliceRank) };
}

/** Zeros of a shape with slices added to it, those of one place in their order; float32. */
export const scatterNd: SimdKernel = simdKernel<ScatterNdInputs, ScatterNdAttrs>(
  'ScatterNd',
  ({ inputs: { indices, updates }, attrs: { shape }, backend }) => {
    const rows = updates.dtype === 'float32' ? scattered(updates, indices, shape) : undefined;
    const ids = rows && rowNumbers(backend, indices, rows);
    if (!rows || ids === undefined) return undefined;
    const out = backend.output(shape);
    const wide = Math.min(rows.size, 16);
    const pointers = [backend.pointer(updates), ids, backend.pointer(out)];
    backend.run('segmentSumF32', Math.ceil(rows.size / wide), ...pointers, rows.count, rows.size, rows.rows, wide, rows.rows);
    backend.releaseScratch(ids);
    return out;
  },
);

/** A copy of a tensor with slices of it replaced; of two for one place the last one counts. */
export const tensorScatterUpdate: SimdKernel = simdKernel<TensorScatterUpdateInputs, object>(
  'TensorScatterUpdate',
  ({ inputs: { tensor, indices, updates }, backend }) => {
    const rows = isWord(tensor) && tensor.dtype === updates.dtype ? scattered(updates, indices, tensor.shape) : undefined;
    const ids = rows && rowNumbers(backend, indices, rows);
    if (!rows || ids === undefined) return undefined;
    const out = backend.output(tensor.shape, tensor.dtype);
    const to = backend.pointer(out);
    copyRows(backend, 4, backend.pointer(tensor), to, rows.rows, rows.size, rows.size, rows.size);
    const bytes = rows.size * 4;
    // Cut along rows, whose order counts where two of them have one place.
    const part = Math.min(bytes, Math.max(64, Math.ceil(CHUNK / rows.count) * 64));
    backend.run('scatterRows32', Math.ceil(bytes / part), backend.pointer(updates), ids, to, rows.count, bytes, part);
    backend.releaseScratch(ids);
    return out;
  },
);
