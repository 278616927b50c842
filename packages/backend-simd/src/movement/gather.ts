import {
  backend_util,
  type GatherV2Attrs,
  type GatherV2Inputs,
  type OneHotAttrs,
  type OneHotInputs,
  type Tensor,
  type UnsortedSegmentSumAttrs,
  type UnsortedSegmentSumInputs,
  util,
} from '@tensorflow/tfjs-core';
import { type SimdKernel, simdKernel } from '../kernel.js';
import { keepEntries } from '../recurrent/entries.js';
import { runChecked } from './checked-ids.js';
import { bitsOf } from './fill.js';

/** Numbers in a chunk. */
const CHUNK = 16384;

/** Slices of x along an axis, in the order of ids; an id that is none is left to cpu's kernel, which says so. */
export const gatherV2: SimdKernel = simdKernel<GatherV2Inputs, GatherV2Attrs>('GatherV2', ({ inputs: { x, indices }, attrs, backend }) => {
  if ((x.dtype !== 'float32' && x.dtype !== 'int32') || indices.dtype !== 'int32') return undefined;
  const axis = attrs.axis < 0 ? attrs.axis + x.shape.length : attrs.axis;
  // tfjs types the argument as tensors, and reads their shapes only.
  const shapes = backend_util.segment_util.collectGatherOpShapeInfo(x as Tensor, indices as Tensor, axis, attrs.batchDims ?? 0);
  const { batchSize, outerSize, sliceSize, outputShape } = shapes;
  const size = x.shape[axis]!;
  const count = util.sizeFromShape(indices.shape) / (batchSize || 1);
  const units = batchSize * outerSize * count;
  if (units === 0 || sliceSize === 0) return undefined;
  const out = backend.output(outputShape, x.dtype);
  const perChunk = Math.max(1, Math.floor(CHUNK / sliceSize));
  const isRight = runChecked(
    backend,
    indices,
    ids => areBelow(ids, size),
    wrong =>
      backend.run(
        'gather32',
        Math.ceil(units / perChunk),
        backend.pointer(x),
        backend.pointer(indices),
        backend.pointer(out),
        batchSize * outerSize,
        size,
        count,
        sliceSize * 4,
        outerSize,
        perChunk,
        wrong,
      ),
  );
  if (isRight) return out;
  backend.disposeData(out.dataId);
  return undefined;
});

function areBelow(ids: Int32Array, size: number): boolean {
  for (const id of ids) if (id < 0 || id >= size) return false;
  return true;
}

/**
 * Sum of the rows of each segment, float32: the gradient of a gather, so of an embedding. Rows whose id is no segment are dropped.
 * Work is cut by columns and segments, so that each sum is that of its rows in their order, whoever computes it.
 */
export const unsortedSegmentSum: SimdKernel = simdKernel<UnsortedSegmentSumInputs, UnsortedSegmentSumAttrs>(
  'UnsortedSegmentSum',
  ({ inputs: { x, segmentIds }, attrs: { numSegments }, backend }) => {
    if (x.dtype !== 'float32' || segmentIds.dtype !== 'int32' || segmentIds.shape.length !== 1 || segmentIds.shape[0] !== x.shape[0])
      return undefined;
    const outShape = [numSegments, ...x.shape.slice(1)];
    const rows = x.shape[0]!;
    const columns = util.sizeFromShape(outShape.slice(1));
    const out = backend.output(outShape);
    if (numSegments === 0 || columns === 0) return out;
    // 16 columns are a cache line, which no two threads then share. Every chunk reads all ids.
    const wide = (rows + numSegments) * columns <= CHUNK ? columns : Math.min(columns, 16);
    const high = columns > 16 || wide === columns ? numSegments : Math.max(1, Math.ceil(numSegments / 4));
    const chunks = Math.ceil(columns / wide) * Math.ceil(numSegments / high);
    const pointers = [backend.pointer(x), backend.pointer(segmentIds), backend.pointer(out)];
    backend.run('segmentSumF32', chunks, ...pointers, rows, columns, numSegments, wide, high);
    return out;
  },
);

/** A row for each id: `onValue` at the id, `offValue` elsewhere; float32 or int32. */
export const oneHot: SimdKernel = simdKernel<OneHotInputs, OneHotAttrs>('OneHot', ({ inputs: { indices }, attrs, backend }) => {
  const { dtype, depth, onValue, offValue } = attrs;
  if ((dtype !== 'float32' && dtype !== 'int32') || indices.dtype !== 'int32') return undefined;
  const out = backend.output([...indices.shape, depth], dtype);
  const count = util.sizeFromShape(indices.shape);
  if (count * depth === 0) return out;
  const perChunk = Math.max(1, Math.floor(CHUNK / depth));
  const write = (ids: number): void =>
    backend.run(
      'oneHot32',
      Math.ceil(count / perChunk),
      ids,
      backend.pointer(out),
      count,
      depth,
      bitsOf(onValue, dtype),
      bitsOf(offValue, dtype),
      perChunk,
    );
  const isSequence = indices.shape.length > 1 && dtype === 'float32' && onValue === 1 && offValue === 0 && depth > 1;
  if (isSequence) {
    // What recurrent cells gather by, and most often all that anyone asks about them: the vectors themselves can wait.
    const entries = keepEntries(backend, out, count);
    backend.run('oneHotEntriesF32', 1, backend.pointer(indices), count, depth, entries.indices, entries.values);
    backend.writeLater(out, () => write(entries.indices));
  } else write(backend.pointer(indices));
  return out;
});
