import { multiplyAdd } from '../vector';
import {
  argument,
  BIAS,
  ENTRIES,
  FEATURES,
  FLAG_COUNT,
  FLAGS,
  GATHERED,
  KERNEL,
  MODE,
  MULTIPLIED,
  PACKED,
  PROJECTED,
  ROWS,
  SOURCE,
  STEPS,
  UNITS,
  VALUES,
} from './arguments';
import { loadUpTo, storeUpTo } from './part';
import { multiply } from './product';
import { copyRows } from './rows';

/** How many features of x stand before the state in a row of factors: none, unless x is multiplied as the steps go. */
// @ts-ignore: decorator
@inline
export function factorsOf(frame: usize): i32 {
  return <i32>argument(frame, MODE) == MULTIPLIED ? <i32>argument(frame, FEATURES) : 0;
}

/**
 * Prepares the input of a time: copies x to the beginning of the rows of factors, if it is multiplied, or sets z to the rows of the kernel and
 * the bias, if they are gathered. z has `blocks` blocks of `ROWS` rows of `stride` bytes.
 */
export function loadInput(
  frame: usize,
  z: usize,
  stride: usize,
  blocks: i32,
  factors: usize,
  factorStride: usize,
  row: i32,
  rows: i32,
  time: i32,
): void {
  const mode = <i32>argument(frame, MODE);
  const steps = <i32>argument(frame, STEPS);
  const first = row * steps + time;
  if (mode == GATHERED) {
    if (isFlagged(frame)) multiplyAll(frame, z, stride, blocks, first, rows);
    else gather(frame, z, stride, blocks, first, rows);
  } else if (mode == MULTIPLIED) {
    const features = <i32>argument(frame, FEATURES);
    const from = argument(frame, SOURCE) + (<usize>(first * features) << 2);
    copyRows(factors, factorStride, from, <usize>(steps * features) << 2, features, rows);
  }
}

/**
 * z = x · kernel + bias + h · recurrent kernel, of `count` blocks of `units` columns from `first` on, out of `blocks`. z is that of the first of
 * them; its rows have `stride` bytes, whole panels; rows of factors are x, if it is multiplied, and h. After {@link loadInput}.
 *
 * @param depth of the factors that are multiplied: all, or less of them where the blocks take no state
 */
export function projectBlocks(
  frame: usize,
  z: usize,
  stride: usize,
  factors: usize,
  factorStride: usize,
  depth: i32,
  first: i32,
  count: i32,
  blocks: i32,
  row: i32,
  rows: i32,
  time: i32,
): void {
  const mode = <i32>argument(frame, MODE);
  const units = <i32>argument(frame, UNITS);
  const steps = <i32>argument(frame, STEPS);
  const panels = <i32>(stride >> 5);
  const panelBytes = <usize>(factorsOf(frame) + units) << 5;
  const blockBytes = argument(frame, ROWS) * stride;
  const unitBytes = <usize>units << 2;
  const columnBytes = <usize>blocks * unitBytes;
  const offset = <usize>first * unitBytes;
  let packed = argument(frame, PACKED) + <usize>(first * panels) * panelBytes;
  let initial = argument(frame, BIAS) + offset;
  let initialStride: usize = 0;
  if (mode == PROJECTED) {
    initial = argument(frame, SOURCE) + <usize>(row * steps + time) * columnBytes + offset;
    initialStride = <usize>steps * columnBytes;
  }
  // Where columns fill their panels, the sums begin with what is in the tensor.
  const isInPlace = mode == GATHERED || (units & 7) != 0;
  for (let block = 0; block < count; block++) {
    if (isInPlace) {
      if (mode != GATHERED) copyRows(z, stride, initial, initialStride, units, rows);
      multiply(z, stride, z, stride, panels, packed, panelBytes, factors, factorStride, depth, rows);
    } else {
      multiply(z, stride, initial, initialStride, panels, packed, panelBytes, factors, factorStride, depth, rows);
    }
    z += blockBytes;
    initial += unitBytes;
    packed += <usize>panels * panelBytes;
  }
}

/** Rows of the kernel, each times its value, and the bias. `first` is the row of x of the first row. */
function gather(frame: usize, z: usize, stride: usize, blocks: i32, first: i32, rows: i32): void {
  const units = <i32>argument(frame, UNITS);
  const step = <usize>argument(frame, STEPS) << 2;
  const features = <i32>argument(frame, FEATURES);
  const values = argument(frame, VALUES);
  const unitBytes = <usize>units << 2;
  const columnBytes = <usize>blocks * unitBytes;
  const blockBytes = argument(frame, ROWS) * stride;
  let entry = argument(frame, ENTRIES) + (<usize>first << 2);
  let scale = values + (<usize>first << 2);
  for (let i = 0; i < rows; i++) {
    const feature = load<i32>(entry);
    const isOne = <u32>feature < <u32>features;
    // A row of zeros takes the first row of the kernel zero times.
    const value = f32x4.splat(values == 0 ? (isOne ? 1 : 0) : load<f32>(scale));
    let from = argument(frame, KERNEL) + <usize>(isOne ? feature : 0) * columnBytes;
    let bias = argument(frame, BIAS);
    let to = z;
    if ((units & 7) == 0) {
      const panels = units >> 3;
      let left = panels;
      for (let n = blocks * panels; n > 0; n--) {
        const a = multiplyAdd(value, v128.load(from), v128.load(bias));
        const b = multiplyAdd(value, v128.load(from, 16), v128.load(bias, 16));
        v128.store(to, a);
        v128.store(to, b, 16);
        from += 32;
        bias += 32;
        to += 32;
        if (--left == 0) {
          left = panels;
          to += blockBytes - unitBytes;
        }
      }
    } else {
      for (let block = 0; block < blocks; block++) {
        for (let byte: usize = 0; byte < unitBytes; byte += 16) {
          const count = <i32>((unitBytes - byte) >> 2);
          storeUpTo(to + byte, multiplyAdd(value, loadUpTo(from + byte, count), loadUpTo(bias + byte, count)), count);
        }
        from += unitBytes;
        bias += unitBytes;
        to += blockBytes;
      }
    }
    z += stride;
    entry += step;
    scale += step;
  }
}

/** z = x · kernel + bias with the zeros of x, too, a row at a time. Slow: for kernels that have numbers that are not finite. */
function multiplyAll(frame: usize, z: usize, stride: usize, blocks: i32, first: i32, rows: i32): void {
  const features = <i32>argument(frame, FEATURES);
  const steps = <i32>argument(frame, STEPS);
  const units = <i32>argument(frame, UNITS);
  const columns = blocks * units;
  const most = <i32>argument(frame, ROWS);
  for (let i = 0; i < rows; i++) {
    const at = <usize>(first + i * steps) << 2;
    const entry = load<i32>(argument(frame, ENTRIES) + at);
    const value: f32 = argument(frame, VALUES) == 0 ? 1 : load<f32>(argument(frame, VALUES) + at);
    for (let column = 0; column < columns; column++) {
      let sum = load<f32>(argument(frame, BIAS) + (<usize>column << 2));
      for (let feature = 0; feature < features; feature++) {
        const x: f32 = feature == entry ? value : 0;
        sum += x * load<f32>(argument(frame, KERNEL) + (<usize>(feature * columns + column) << 2));
      }
      const block = column / units;
      store<f32>(z + <usize>(block * most + i) * stride + (<usize>(column - block * units) << 2), sum);
    }
  }
}

/** Whether a flag says that the kernel has a number that is not finite. */
function isFlagged(frame: usize): bool {
  const flags = argument(frame, FLAGS);
  const count = <i32>argument(frame, FLAG_COUNT);
  for (let i = 0; i < count; i++) if (load<i32>(flags + (<usize>i << 2)) != 0) return true;
  return false;
}
