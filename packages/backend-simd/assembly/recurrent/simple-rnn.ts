import { activate, TANH, timesDerivative, timesTanhDerivative } from './activation';
import {
  ACTIVATION,
  argument,
  BATCH,
  D_INITIAL_STATE,
  D_PROJECTION,
  D_SEQUENCE,
  D_STATE,
  FRAME_BYTES,
  GO_BACKWARDS,
  INITIAL_STATE,
  PACKED,
  ROWS,
  readArguments,
  SEQUENCE,
  STATE,
  STEPS,
  UNITS,
} from './arguments';
import { allCount, counts, rowAt, rowStride, stepAt, sumGradients, widthOf } from './cell';
import { factorsOf, loadInput, projectBlocks } from './input';
import { loadUpTo, storeUpTo } from './part';
import { multiply } from './product';
import { addTo, copyRows, loadRows } from './rows';

/** All steps of a simpleRnn for a block of rows of the batch. Arguments: arguments.ts. The chunk's memory: z, then the factors x and h. */
export function recurrentSimpleRnnF32(job: usize, chunk: i32, thread: i32): void {
  const frame = readArguments(job, thread);
  const most = <i32>argument(frame, ROWS);
  const units = <i32>argument(frame, UNITS);
  const steps = <i32>argument(frame, STEPS);
  const activation = <i32>argument(frame, ACTIVATION);
  const isBackwards = argument(frame, GO_BACKWARDS) != 0;
  const stride = <usize>widthOf(units) << 2;
  const inputBytes = <usize>factorsOf(frame) << 2;
  const factorStride = inputBytes + stride;
  const depth = factorsOf(frame) + units;
  const z = frame + FRAME_BYTES;
  const factors = z + <usize>most * stride;
  const h = factors + inputBytes;
  const row = chunk * most;
  const rows = min(most, <i32>argument(frame, BATCH) - row);
  loadRows(h, factorStride, rowAt(frame, INITIAL_STATE, row, units), units, rows);
  for (let step = 0; step < steps; step++) {
    const time = isBackwards ? steps - 1 - step : step;
    loadInput(frame, z, stride, 1, factors, factorStride, row, rows, time);
    projectBlocks(frame, z, stride, factors, factorStride, depth, 0, 1, 1, row, rows, time);
    if (inputBytes == 0 && allCount(frame, row, rows, time)) {
      activate(activation, z, h, <usize>rows * stride);
    } else {
      activate(activation, z, z, <usize>rows * stride);
      for (let i = 0; i < rows; i++) {
        if (counts(frame, row + i, time)) copyRows(h + <usize>i * factorStride, 0, z + <usize>i * stride, 0, units, 1);
      }
    }
    copyRows(stepAt(frame, SEQUENCE, row, step, units), rowStride(frame, units), h, factorStride, units, rows);
  }
  copyRows(rowAt(frame, STATE, row, units), <usize>units << 2, h, factorStride, units, rows);
}

/** The gradients of {@link recurrentSimpleRnnF32}; those of bias and recurrent kernel as partial sums. The chunk's memory: dh. */
export function recurrentSimpleRnnGradF32(job: usize, chunk: i32, thread: i32): void {
  const frame = readArguments(job, thread);
  const most = <i32>argument(frame, ROWS);
  const units = <i32>argument(frame, UNITS);
  const steps = <i32>argument(frame, STEPS);
  const activation = <i32>argument(frame, ACTIVATION);
  const isBackwards = argument(frame, GO_BACKWARDS) != 0;
  const width = widthOf(units);
  const stride = <usize>width << 2;
  const dh = frame + FRAME_BYTES;
  const row = chunk * most;
  const rows = min(most, <i32>argument(frame, BATCH) - row);
  loadRows(dh, stride, rowAt(frame, D_STATE, row, units), units, rows);
  for (let step = steps - 1; step >= 0; step--) {
    const time = isBackwards ? steps - 1 - step : step;
    gradientOfStep(frame, activation, dh, row, rows, step, time);
    const gradient = stepAt(frame, D_PROJECTION, row, time, units);
    multiply(dh, stride, dh, stride, width >> 3, argument(frame, PACKED), <usize>units << 5, gradient, rowStride(frame, units), units, rows);
  }
  copyRows(rowAt(frame, D_INITIAL_STATE, row, units), <usize>units << 2, dh, stride, units, rows);
  sumGradients(frame, thread, chunk, units, row, rows, isBackwards);
}

/** Of one step: the gradient of the activation's argument, into `dProjection`; in dh remains what goes to the state before it past the product. */
function gradientOfStep(frame: usize, activation: i32, dh: usize, row: i32, rows: i32, step: i32, time: i32): void {
  const units = <i32>argument(frame, UNITS);
  const stride = <usize>widthOf(units) << 2;
  for (let i = 0; i < rows; i++) {
    let at = dh + <usize>i * stride;
    if (argument(frame, D_SEQUENCE) != 0) addTo(at, stepAt(frame, D_SEQUENCE, row + i, step, units), units);
    let to = stepAt(frame, D_PROJECTION, row + i, time, units);
    if (!counts(frame, row + i, time)) {
      memory.fill(to, 0, <usize>units << 2);
      continue;
    }
    let y = stepAt(frame, SEQUENCE, row + i, step, units);
    let left = units;
    if (activation == TANH) {
      for (; left >= 4; left -= 4) {
        v128.store(to, timesTanhDerivative(v128.load(y), v128.load(at)));
        v128.store(at, f32x4.splat(0));
        to += 16;
        at += 16;
        y += 16;
      }
    }
    for (; left > 0; left -= 4) {
      storeUpTo(to, timesDerivative(activation, loadUpTo(y, left), v128.load(at)), left);
      v128.store(at, f32x4.splat(0));
      to += 16;
      at += 16;
      y += 16;
    }
  }
}
