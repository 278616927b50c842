import { multiplyAdd } from '../vector';
import { argument, BIAS, ENTRIES, FEATURES, GATHERED, KERNEL, MODE, PROJECTED, SOURCE, STEPS, UNITS, VALUES } from './arguments';
import { loadUpTo } from './part';

/**
 * Sets what a block of columns begins with at a time, for some rows of the batch: `x · kernel + bias` where it is there already or can be
 * gathered, else the bias, to which the product is then added.
 *
 * @param z rows of `stride` bytes
 * @param block of `units` columns of the kernel, which has `blocks` of them
 */
export function beginBlock(frame: usize, z: usize, stride: usize, block: i32, blocks: i32, row: i32, rows: i32, time: i32): void {
  const mode = <i32>argument(frame, MODE);
  const units = <i32>argument(frame, UNITS);
  const steps = <i32>argument(frame, STEPS);
  const columnBytes = <usize>(blocks * units) << 2;
  const offset = <usize>(block * units) << 2;
  const bias = argument(frame, BIAS) + offset;
  for (let i = 0; i < rows; i++) {
    const at = <usize>((row + i) * steps + time);
    if (mode == PROJECTED) {
      copyRow(z, argument(frame, SOURCE) + at * columnBytes + offset, units);
    } else {
      let feature = -1;
      if (mode == GATHERED) feature = load<i32>(argument(frame, ENTRIES) + (at << 2));
      if (feature < 0) copyRow(z, bias, units);
      else {
        const value = f32x4.splat(load<f32>(argument(frame, VALUES) + (at << 2)));
        const from = argument(frame, KERNEL) + <usize>feature * columnBytes + offset;
        for (let unit = 0; unit < units; unit += 4) {
          const byte = <usize>unit << 2;
          const count = units - unit;
          v128.store(z + byte, multiplyAdd(value, loadUpTo(from + byte, count), loadUpTo(bias + byte, count)));
        }
      }
    }
    z += stride;
  }
}

/** Copies `units` numbers into a row of whole vectors. */
export function copyRow(to: usize, from: usize, units: i32): void {
  for (let unit = 0; unit < units; unit += 4) {
    const byte = <usize>unit << 2;
    v128.store(to + byte, loadUpTo(from + byte, units - unit));
  }
}

/** Address of x at a row and time: the factor of the kernel where it is multiplied as the steps go. */
// @ts-ignore: decorator
@inline
export function inputAt(frame: usize, row: i32, time: i32): usize {
  return argument(frame, SOURCE) + (<usize>((row * <i32>argument(frame, STEPS) + time) * <i32>argument(frame, FEATURES)) << 2);
}

/** Copies rows of `units` numbers, or zeros where there are none, into rows of `stride` bytes. */
export function loadRows(to: usize, stride: usize, from: usize, rows: i32, units: i32): void {
  for (let i = 0; i < rows; i++) {
    if (from == 0) memory.fill(to, 0, stride);
    else {
      copyRow(to, from, units);
      from += <usize>units << 2;
    }
    to += stride;
  }
}
