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
import { counts, projectBlock, stepAt, storeRow, sumGradients, widthOf } from './cell';
import { copyRow, loadRows } from './input';
import { loadUpTo, storeUpTo } from './part';
import { product } from './tile';

/** All steps of a simpleRnn for a block of rows of the batch. Arguments: arguments.ts. */
export function recurrentSimpleRnnF32(job: usize, chunk: i32, thread: i32): void {
  const frame = readArguments(job, thread);
  const units = <i32>argument(frame, UNITS);
  const steps = <i32>argument(frame, STEPS);
  const activation = <i32>argument(frame, ACTIVATION);
  const isBackwards = argument(frame, GO_BACKWARDS) != 0;
  const stride = <usize>widthOf(units) << 2;
  const z = frame + FRAME_BYTES;
  const h = z + <usize>ROWS * stride;
  const row = chunk * ROWS;
  const rows = min(ROWS, <i32>argument(frame, BATCH) - row);
  const rowBytes = <usize>units << 2;
  loadRows(h, stride, argument(frame, INITIAL_STATE) + <usize>row * rowBytes, rows, units);
  for (let step = 0; step < steps; step++) {
    const time = isBackwards ? steps - 1 - step : step;
    projectBlock(frame, z, h, stride, 0, 1, row, rows, time);
    activate(activation, z, <usize>rows * stride);
    for (let i = 0; i < rows; i++) {
      const at = <usize>i * stride;
      if (counts(frame, row + i, time)) copyRow(h + at, z + at, units);
      storeRow(stepAt(frame, SEQUENCE, row + i, step, units), h + at, units);
    }
  }
  for (let i = 0; i < rows; i++) storeRow(argument(frame, STATE) + <usize>(row + i) * rowBytes, h + <usize>i * stride, units);
}

/** The gradients of {@link recurrentSimpleRnnF32}; those of bias and recurrent kernel as partial sums. */
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
  const rowBytes = <usize>units << 2;
  loadRows(dh, stride, argument(frame, D_STATE) == 0 ? 0 : argument(frame, D_STATE) + <usize>row * rowBytes, rows, units);
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
    product(dh, stride, width >> 3, argument(frame, PACKED), dz, stride, units, 0, 0, 0, rows);
  }
  for (let i = 0; i < rows; i++) storeRow(argument(frame, D_INITIAL_STATE) + <usize>(row + i) * rowBytes, dh + <usize>i * stride, units);
  sumGradients(frame, chunk, units, row, rows, isBackwards);
}
