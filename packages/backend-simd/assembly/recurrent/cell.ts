import {
  argument,
  D_PROJECTION,
  FEATURES,
  INITIAL_STATE,
  MASK,
  MODE,
  MULTIPLIED,
  PACKED,
  PANEL,
  PARTIALS,
  SEQUENCE,
  STEPS,
  UNITS,
  WITH_WEIGHTS,
} from './arguments';
import { beginBlock, inputAt } from './input';
import { addOuter, addRows } from './outer';
import { storeUpTo } from './part';
import { product } from './tile';

/** Units, rounded up to whole panels: length of a row of a chunk's own memory. */
// @ts-ignore: decorator
@inline
export function widthOf(units: i32): i32 {
  return (units + PANEL - 1) & ~(PANEL - 1);
}

/** z = x · kernel + bias + h · recurrent kernel, of one block of `units` columns out of `blocks`. z and h are rows of `stride` bytes. */
export function projectBlock(
  frame: usize,
  z: usize,
  h: usize,
  stride: usize,
  block: i32,
  blocks: i32,
  row: i32,
  rows: i32,
  time: i32,
): void {
  const units = <i32>argument(frame, UNITS);
  const features = <i32>argument(frame, MODE) == MULTIPLIED ? <i32>argument(frame, FEATURES) : 0;
  const panels = <i32>(stride >> 5);
  const packed = argument(frame, PACKED) + (<usize>(block * panels * (features + units)) << 5);
  const xStride = <usize>(<i32>argument(frame, STEPS) * features) << 2;
  beginBlock(frame, z, stride, block, blocks, row, rows, time);
  product(z, stride, panels, packed, inputAt(frame, row, time), xStride, features, h, stride, units, rows);
}

/** Whether a row counts at a time. */
// @ts-ignore: decorator
@inline
export function counts(frame: usize, row: i32, time: i32): bool {
  return load<u8>(argument(frame, MASK) + <usize>(row * <i32>argument(frame, STEPS) + time)) != 0;
}

/** Address of a row's numbers at a step, in a tensor `[B, T, columns]`. */
// @ts-ignore: decorator
@inline
export function stepAt(frame: usize, tensor: i32, row: i32, step: i32, columns: i32): usize {
  return argument(frame, tensor) + (<usize>((row * <i32>argument(frame, STEPS) + step) * columns) << 2);
}

/** Copies the first `units` numbers of a row of whole vectors. */
export function storeRow(to: usize, from: usize, units: i32): void {
  for (let unit = 0; unit < units; unit += 4) {
    const byte = <usize>unit << 2;
    storeUpTo(to + byte, v128.load(from + byte), units - unit);
  }
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
 * @param gradient of the product, an argument that is `[B, T, columns]`, at the time or the step, which `backwards` tells
 * @param firstColumn of the kernel's `columns`, from which on `count` of them are summed
 */
export function addRecurrentWeights(
  frame: usize,
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
  for (let i = row; i < row + rows; i++) {
    const first = stepAt(frame, gradient, i, backwards ? steps - 1 : 0, columns) + offset;
    const stride = backwards ? 0 - rowBytes : rowBytes;
    const initial = argument(frame, INITIAL_STATE) + (<usize>(i * units) << 2);
    addOuter(target, rowBytes, initial, 0, units, first, 0, count, 1);
    addOuter(target, rowBytes, stepAt(frame, SEQUENCE, i, 0, units), <usize>units << 2, units, first + stride, stride, count, steps - 1);
  }
}

/** Adds the rows of a gradient `[B, T, columns]` to that of the bias. */
export function addBias(frame: usize, to: usize, gradient: i32, columns: i32, row: i32, rows: i32): void {
  addRows(to, stepAt(frame, gradient, row, 0, columns), <usize>columns << 2, columns, rows * <i32>argument(frame, STEPS));
}

/** Sets the partial sums of simpleRnn and LSTM, whose product with the state has the gradient of that with x. */
export function sumGradients(frame: usize, chunk: i32, columns: i32, row: i32, rows: i32, backwards: bool): void {
  const bias = partialsOf(frame, chunk, columns);
  const weights = bias + (<usize>columns << 3);
  const units = <i32>argument(frame, UNITS);
  const isWithWeights = <i32>argument(frame, WITH_WEIGHTS) != 0;
  memory.fill(bias, 0, <usize>((isWithWeights ? units + 2 : 2) * columns) << 2);
  addBias(frame, bias, D_PROJECTION, columns, row, rows);
  if (isWithWeights) addRecurrentWeights(frame, weights, D_PROJECTION, backwards, columns, 0, columns, row, rows);
}
