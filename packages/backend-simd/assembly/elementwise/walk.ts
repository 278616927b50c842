// How two tensors that broadcast are walked. The result is rows of `length` elements; along a row an operand steps from element to
// element or stands still, and where a row of an operand begins is a sum over the outer axes. Arguments of all kernels that walk:
//   0 a, 1 b, 2 y      addresses
//   3 rows             how many
//   4 length           elements in a row
//   5 aStep, 6 bStep   1 or 0: whether the operand moves along a row
//   7 segment          elements of a row in a chunk
//   8 segments         chunks that a row is cut into
//   9 rowsInChunk      rows in a chunk; 1 where rows are cut
//   10 axes            outer axes
//   11                 the op
//   12 …               for each, from the outermost: its size, and the strides of a and b along it, in elements
import { intAt, pointerAt } from '../job';

/** Elements from the start of operand 0 or 1 to where row `row` of it begins. */
export function rowOffset(job: usize, row: i32, operand: i32): i32 {
  let offset = 0;
  let index = row;
  for (let axis = intAt(job, 10) - 1; axis >= 0; axis--) {
    const at = 12 + 3 * axis;
    const stride = intAt(job, at + 1 + operand);
    // Along the outermost axis what is left is the index itself.
    if (axis == 0) return offset + index * stride;
    const size = intAt(job, at);
    const outer = index / size;
    offset += (index - outer * size) * stride;
    index = outer;
  }
  return offset;
}

/** How many rows from `row` on lie at even distances, in both operands: those up to the end of the innermost outer axis. */
export function evenRows(job: usize, row: i32): i32 {
  const axes = intAt(job, 10);
  if (axes == 0) return 1;
  const size = intAt(job, 12 + 3 * (axes - 1));
  return size - (row % size);
}

/** Elements of operand 0 or 1 from one of {@link evenRows} to the next. */
export function rowStride(job: usize, operand: i32): usize {
  const axes = intAt(job, 10);
  return axes == 0 ? 0 : <usize>intAt(job, 13 + 3 * (axes - 1) + operand);
}

/** First row of a chunk. */
// @ts-ignore: decorator
@inline
export function firstRow(job: usize, chunk: i32): i32 {
  return (chunk / intAt(job, 8)) * intAt(job, 9);
}

/** The row after a chunk's last one. */
// @ts-ignore: decorator
@inline
export function endRow(job: usize, chunk: i32): i32 {
  return min(intAt(job, 3), firstRow(job, chunk) + intAt(job, 9));
}

/** Where in its rows a chunk begins. */
// @ts-ignore: decorator
@inline
export function segmentBegin(job: usize, chunk: i32): i32 {
  return (chunk % intAt(job, 8)) * intAt(job, 7);
}

/** Elements of a row in a chunk. */
// @ts-ignore: decorator
@inline
export function segmentLength(job: usize, chunk: i32): i32 {
  return min(intAt(job, 4) - segmentBegin(job, chunk), intAt(job, 7));
}

/** Address of the chunk's part of row `row` of operand 0 or 1, whose elements have 2^`shift` bytes. */
// @ts-ignore: decorator
@inline
export function operandAt(job: usize, chunk: i32, row: i32, operand: i32, shift: usize): usize {
  return pointerAt(job, operand) + (<usize>(rowOffset(job, row, operand) + intAt(job, 5 + operand) * segmentBegin(job, chunk)) << shift);
}

/** Address of the chunk's part of row `row` of the result. */
// @ts-ignore: decorator
@inline
export function resultAt(job: usize, chunk: i32, row: i32, shift: usize): usize {
  return pointerAt(job, 2) + ((<usize>row * <usize>intAt(job, 4) + <usize>segmentBegin(job, chunk)) << shift);
}
