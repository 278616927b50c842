import { argument, D_PROJECTION, INITIAL_STATE, MASK, PANEL, PARTIALS, SEQUENCE, STEPS, UNITS, WITH_WEIGHTS } from './arguments';
import { addOuter } from './product';
import { addRows } from './rows';

/** Units, rounded up to whole panels: length of a row of a chunk's own memory. */
// @ts-ignore: decorator
@inline
export function widthOf(units: i32): i32 {
  return (units + PANEL - 1) & ~(PANEL - 1);
}

/** Whether a row counts at a time; all do where there is no mask. */
// @ts-ignore: decorator
@inline
export function counts(frame: usize, row: i32, time: i32): bool {
  const mask = argument(frame, MASK);
  return mask == 0 || load<u8>(mask + <usize>(row * <i32>argument(frame, STEPS) + time)) != 0;
}

/** Whether all rows count at a time. */
export function allCount(frame: usize, row: i32, rows: i32, time: i32): bool {
  let all = true;
  for (let i = 0; i < rows; i++) if (!counts(frame, row + i, time)) all = false;
  return all;
}

/** Address of a row's numbers at a step, in a tensor `[B, T, columns]`. */
// @ts-ignore: decorator
@inline
export function stepAt(frame: usize, tensor: i32, row: i32, step: i32, columns: i32): usize {
  return argument(frame, tensor) + (<usize>((row * <i32>argument(frame, STEPS) + step) * columns) << 2);
}

/** Bytes from row to row of the batch in a tensor `[B, T, columns]`. */
// @ts-ignore: decorator
@inline
export function rowStride(frame: usize, columns: i32): usize {
  return <usize>(<i32>argument(frame, STEPS) * columns) << 2;
}

/** Address of a tensor `[B, columns]` at a row; 0 where it is not there. */
// @ts-ignore: decorator
@inline
export function rowAt(frame: usize, tensor: i32, row: i32, columns: i32): usize {
  const at = argument(frame, tensor);
  return at == 0 ? 0 : at + (<usize>(row * columns) << 2);
}

/** Address of the partial sums of a chunk; see {@link PARTIALS}. */
// @ts-ignore: decorator
@inline
export function partialsOf(frame: usize, chunk: i32, columns: i32): usize {
  const weights = <i32>argument(frame, WITH_WEIGHTS) != 0 ? <i32>argument(frame, UNITS) : 0;
  return argument(frame, PARTIALS) + (<usize>(chunk * (weights + 2) * columns) << 2);
}

/**
 * Adds, over a chunk's rows and all steps, the gradient of the product of the states before and the recurrent kernel to that kernel's.
 *
 * @param gradient of the product, an argument that is `[B, T, columns]`, by times where `backwards`, else by steps
 * @param firstColumn of the kernel's `columns`, from which on `count` of them are summed
 */
export function addRecurrentWeights(
  frame: usize,
  thread: i32,
  to: usize,
  gradient: i32,
  backwards: bool,
  columns: i32,
  firstColumn: i32,
  count: i32,
  row: i32,
  rows: i32,
): void {
  const units = <i32>argument(frame, UNITS);
  const steps = <i32>argument(frame, STEPS);
  const rowBytes = <usize>columns << 2;
  const offset = <usize>firstColumn << 2;
  const target = to + offset;
  const stride = backwards ? 0 - rowBytes : rowBytes;
  const first = stepAt(frame, gradient, row, backwards ? steps - 1 : 0, columns) + offset;
  const apart = rowStride(frame, columns);
  addOuter(thread, target, rowBytes, rowAt(frame, INITIAL_STATE, row, units), <usize>units << 2, units, first, apart, count, rows);
  for (let i = 0; i < rows; i++) {
    const sequence = stepAt(frame, SEQUENCE, row + i, 0, units);
    addOuter(thread, target, rowBytes, sequence, <usize>units << 2, units, first + <usize>i * apart + stride, stride, count, steps - 1);
  }
}

/** Adds the rows of a gradient `[B, T, columns]` to that of the bias. */
export function addBias(frame: usize, to: usize, gradient: i32, columns: i32, row: i32, rows: i32): void {
  addRows(to, stepAt(frame, gradient, row, 0, columns), <usize>columns << 2, columns, rows * <i32>argument(frame, STEPS));
}

/** Sets the partial sums of simpleRnn and LSTM, whose product with the state has the gradient of that with x. */
export function sumGradients(frame: usize, thread: i32, chunk: i32, columns: i32, row: i32, rows: i32, backwards: bool): void {
  const bias = partialsOf(frame, chunk, columns);
  const weights = bias + (<usize>columns << 3);
  const units = <i32>argument(frame, UNITS);
  const isWithWeights = <i32>argument(frame, WITH_WEIGHTS) != 0;
  memory.fill(bias, 0, <usize>((isWithWeights ? units + 2 : 2) * columns) << 2);
  addBias(frame, bias, D_PROJECTION, columns, row, rows);
  if (isWithWeights) addRecurrentWeights(frame, thread, weights, D_PROJECTION, backwards, columns, 0, columns, row, rows);
}
