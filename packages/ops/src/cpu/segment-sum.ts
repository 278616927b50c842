import { type UnsortedSegmentSumAttrs, type UnsortedSegmentSumInputs, util } from '@tensorflow/tfjs-core';
import { type FastKernel, floatValues, output } from './kernel.js';

/**
 * Sum of the rows of each segment: `x [rows, …]`, `segmentIds [rows]` → `[numSegments, …]`. This is the gradient of a gather, so of an
 * embedding. Rows whose id is no segment are dropped.
 *
 * Rows are added one by one to their segments, where tfjs' kernel multiplies all rows by a mask for every segment: rows × segments. For the
 * same reason a NaN or an infinity stays in its own segment here; tfjs' mask spreads it over all of them (0 · NaN).
 */
export const unsortedSegmentSum: FastKernel<UnsortedSegmentSumInputs, UnsortedSegmentSumAttrs> = ({ inputs, attrs, backend }) => {
  const { x, segmentIds } = inputs;
  const { numSegments } = attrs;
  const values = floatValues(backend, x);
  if (!values || segmentIds.shape.length !== 1 || segmentIds.shape[0] !== x.shape[0]) return undefined;
  const ids = backend.data.get(segmentIds.dataId).values as Int32Array;
  const rowSize = util.sizeFromShape(x.shape.slice(1));
  // A padding id may own thousands of rows: float64 keeps their sum exact to the last rounding.
  const sums = new Float64Array(numSegments * rowSize);
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!;
    if (id < 0 || id >= numSegments) continue;
    const from = row * rowSize;
    const to = id * rowSize;
    for (let i = 0; i < rowSize; i++) sums[to + i] = sums[to + i]! + values[from + i]!;
  }
  return output(backend, new Float32Array(sums), [numSegments, ...x.shape.slice(1)]);
};
