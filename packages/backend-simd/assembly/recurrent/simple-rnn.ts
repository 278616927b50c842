import { activate, timesDerivative } from './activation';
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
import { counts, rowAt, rowStride, stepAt, sumGradients, widthOf } from './cell';
import { factorsOf, loadInput, projectBlock } from './input';
import { loadUpTo, storeUpTo } from './part';
import { multiply } from './product';
import { copyRows, loadRows } from './rows';

/** All steps of a simpleRnn for a block of rows of the batch. Arguments: arguments.ts. The chunk's memory: z, then the factors x and h. */
export function recurrentSimpleRnnF32(job: usize, chunk: i32, thread: i32): void {
  const frame = readArguments(job, thread);
  const units = <i32>argument(frame, UNITS);
  const steps = <i32>argument(frame, STEPS);
  const activation = <i32>argument(frame, ACTIVATION);
  const isBackwards = argument(frame, GO_BACKWARDS) != 0;
  const stride = <usize>widthOf(units) << 2;
  const inputBytes = <usize>factorsOf(frame) << 2;
  const factorStride = inputBytes + stride;
  const depth = factorsOf(frame) + units;
  const z = frame + FRAME_BYTES;
  const factors = z + <usize>ROWS * stride;
  const h = factors + inputBytes;
  const row = chunk * ROWS;
  const rows = min(ROWS, <i32>argument(frame, BATCH) - row);
  loadRows(h, factorStride, rowAt(frame, INITIAL_STATE, row, units), units, rows);
  for (let step = 0; step < steps; step++) {
    const time = isBackwards ? steps - 1 - step : step;
    loadInput(frame, factors, factorStride, row, rows, time);
    projectBlock(frame, z, stride, factors, factorStride, depth, 0, 1, row, rows, time);
    activate(activation, z, <usize>rows * stride);
    for (let i = 0; i < rows; i++) {
      if (!counts(frame, row + i, time)) continue;
      for (let byte: usize = 0; byte < stride; byte += 32) {
        const from = z + <usize>i * stride + byte;
        const to = h + <usize>i * factorStride + byte;
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      }
    }
    copyRows(stepAt(frame, SEQUENCE, row, step, units), rowStride(frame, units), h, factorStride, units, rows);
  }
  copyRows(rowAt(frame, STATE, row, units), <usize>units << 2, h, factorStride, units, rows);
}

/** The gradients of {@link recurrentSimpleRnnF32}; those of bias and recurrent kernel as partial sums. The chunk's memory: dh and dz. */
export function recurrentSimpleRnnGradF32(job: usize, chunk: i32, thread: i32): void {
  const frame = readArguments(job, thread);
  const units = <i32>argument(frame, UNITS);
  const steps = <i32>argument(frame, STEPS);
  const activation = <i32>argument(frame, ACTIVATION);
  const isBackwards = argument(frame, GO_BACKWARDS) != 0;
  const width = widthOf(units);
  const stride = <usize>width << 2;
  const dh = frame + FRAME_BYTES;
  const dz = dh + <usize>ROWS * stride;
  const row = chunk * ROWS;
  const rows = min(ROWS, <i32>argument(frame, BATCH) - row);
  loadRows(dh, stride, rowAt(frame, D_STATE, row, units), units, rows);
  for (let step = steps - 1; step >= 0; step--) {
    const time = isBackwards ? steps - 1 - step : step;
    for (let i = 0; i < rows; i++) {
      const isCounted = counts(frame, row + i, time);
      const y = stepAt(frame, SEQUENCE, row + i, step, units);
      const dy = argument(frame, D_SEQUENCE) == 0 ? 0 : stepAt(frame, D_SEQUENCE, row + i, step, units);
      const out = stepAt(frame, D_PROJECTION, row + i, time, units);
      const at = <usize>i * stride;
      for (let unit = 0; unit < units; unit += 4) {
        const byte = <usize>unit << 2;
        const count = units - unit;
        let state = v128.load(dh + at + byte);
        if (dy != 0) state = f32x4.add(state, loadUpTo(dy + byte, count));
        let gradient = f32x4.splat(0);
        if (isCounted) {
          gradient = timesDerivative(activation, loadUpTo(y + byte, count), state);
          state = f32x4.splat(0);
        }
        v128.store(dh + at + byte, state);
        v128.store(dz + at + byte, gradient);
        storeUpTo(out + byte, gradient, count);
      }
    }
    multiply(dh, stride, dh, stride, width >> 3, argument(frame, PACKED), <usize>units << 5, dz, stride, units, rows);
  }
  copyRows(rowAt(frame, D_INITIAL_STATE, row, units), <usize>units << 2, dh, stride, units, rows);
  sumGradients(frame, thread, chunk, units, row, rows, isBackwards);
}
