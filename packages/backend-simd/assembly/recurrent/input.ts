import { multiplyAdd } from '../vector';
import {
  argument,
  BIAS,
  ENTRIES,
  FEATURES,
  GATHERED,
  KERNEL,
  MODE,
  MULTIPLIED,
  PACKED,
  PROJECTED,
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

/** Copies x of a time to the beginning of the rows of factors, if it is multiplied. */
export function loadInput(frame: usize, factors: usize, factorStride: usize, row: i32, rows: i32, time: i32): void {
  const features = factorsOf(frame);
  if (features == 0) return;
  const steps = <i32>argument(frame, STEPS);
  const from = argument(frame, SOURCE) + (<usize>((row * steps + time) * features) << 2);
  copyRows(factors, factorStride, from, <usize>(steps * features) << 2, features, rows);
}

/**
 * z = x · kernel + bias + h · recurrent kernel, of one block of `units` columns out of `blocks`. Rows of z have `stride` bytes, whole
 * panels; rows of factors are x, if it is multiplied, and h.
 *
 * @param depth of the factors that are multiplied: all, or less of them where the block takes no state
 */
export function projectBlock(
  frame: usize,
  z: usize,
  stride: usize,
  factors: usize,
  factorStride: usize,
  depth: i32,
  block: i32,
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
  const packed = argument(frame, PACKED) + <usize>(block * panels) * panelBytes;
  const columnBytes = <usize>(blocks * units) << 2;
  const offset = <usize>(block * units) << 2;
  const bias = argument(frame, BIAS) + offset;
  let initial = bias;
  let initialStride: usize = 0;
  if (mode == PROJECTED) {
    initial = argument(frame, SOURCE) + <usize>(row * steps + time) * columnBytes + offset;
    initialStride = <usize>steps * columnBytes;
  }
  if (mode == GATHERED) {
    gather(frame, z, stride, argument(frame, KERNEL) + offset, columnBytes, bias, units, row * steps + time, rows);
  } else if ((units & 7) != 0) {
    copyRows(z, stride, initial, initialStride, units, rows);
  }
  // Where columns fill their panels, the sums begin with what is in the tensor.
  if (mode == GATHERED || (units & 7) != 0) {
    initial = z;
    initialStride = stride;
  }
  multiply(z, stride, initial, initialStride, panels, packed, panelBytes, factors, factorStride, depth, rows);
}

/** Rows of the kernel, each times its value, and the bias. `first` is the row of x of the first row. */
function gather(frame: usize, z: usize, stride: usize, kernel: usize, columnBytes: usize, bias: usize, units: i32, first: i32, rows: i32): void {
  const step = <usize>argument(frame, STEPS) << 2;
  let entry = argument(frame, ENTRIES) + (<usize>first << 2);
  let scale = argument(frame, VALUES) + (<usize>first << 2);
  for (let i = 0; i < rows; i++) {
    const feature = load<i32>(entry);
    // A row of zeros takes the first row of the kernel zero times.
    const value = f32x4.splat(load<f32>(scale));
    const from = kernel + <usize>max(0, feature) * columnBytes;
    for (let unit = 0; unit < units; unit += 4) {
      const byte = <usize>unit << 2;
      const count = units - unit;
      storeUpTo(z + byte, multiplyAdd(value, loadUpTo(from + byte, count), loadUpTo(bias + byte, count)), count);
    }
    z += stride;
    entry += step;
    scale += step;
  }
}
