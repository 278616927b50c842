import { multiplyAdd } from '../vector';
import { activate, timesDerivative } from './activation';
import {
  ACTIVATION,
  argument,
  BATCH,
  CELL,
  CELLS,
  D_CELL,
  D_INITIAL_CELL,
  D_INITIAL_STATE,
  D_PROJECTION,
  D_SEQUENCE,
  D_STATE,
  FRAME_BYTES,
  GATE_ACTIVATION,
  GATES,
  GO_BACKWARDS,
  INITIAL_CELL,
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

/**
 * All steps of an LSTM for a block of rows of the batch. Arguments: arguments.ts. The chunk's memory: the gates i, f, c, o of all rows, one
 * after the other; h, c and activation(c) of all rows.
 */
export function recurrentLstmF32(job: usize, chunk: i32, thread: i32): void {
  const frame = readArguments(job, thread);
  const units = <i32>argument(frame, UNITS);
  const steps = <i32>argument(frame, STEPS);
  const activation = <i32>argument(frame, ACTIVATION);
  const gateActivation = <i32>argument(frame, GATE_ACTIVATION);
  const isBackwards = argument(frame, GO_BACKWARDS) != 0;
  const keepsGates = argument(frame, GATES) != 0;
  const stride = <usize>widthOf(units) << 2;
  const blockBytes = <usize>ROWS * stride;
  const z = frame + FRAME_BYTES;
  const h = z + 4 * blockBytes;
  const c = h + blockBytes;
  const activated = c + blockBytes;
  const row = chunk * ROWS;
  const rows = min(ROWS, <i32>argument(frame, BATCH) - row);
  const rowBytes = <usize>units << 2;
  const firstRow = <usize>row * rowBytes;
  loadRows(h, stride, argument(frame, INITIAL_STATE) + firstRow, rows, units);
  loadRows(c, stride, argument(frame, INITIAL_CELL) + firstRow, rows, units);
  for (let step = 0; step < steps; step++) {
    const time = isBackwards ? steps - 1 - step : step;
    for (let block = 0; block < 4; block++) projectBlock(frame, z + <usize>block * blockBytes, h, stride, block, 4, row, rows, time);
    activate(gateActivation, z, blockBytes + <usize>rows * stride);
    activate(activation, z + 2 * blockBytes, <usize>rows * stride);
    activate(gateActivation, z + 3 * blockBytes, <usize>rows * stride);
    for (let i = 0; i < rows; i++) {
      if (!counts(frame, row + i, time)) continue;
      const at = <usize>i * stride;
      const kept = stepAt(frame, GATES, row + i, step, 4 * units);
      for (let unit = 0; unit < units; unit += 4) {
        const byte = <usize>unit << 2;
        const from = z + at + byte;
        const input = v128.load(from);
        const forget = v128.load(from + blockBytes);
        const candidate = v128.load(from + 2 * blockBytes);
        const cell = multiplyAdd(input, candidate, f32x4.mul(forget, v128.load(c + at + byte)));
        v128.store(c + at + byte, cell);
        v128.store(activated + at + byte, cell);
        if (keepsGates) {
          const count = units - unit;
          storeUpTo(kept + byte, input, count);
          storeUpTo(kept + byte + rowBytes, forget, count);
          storeUpTo(kept + byte + 2 * rowBytes, candidate, count);
          storeUpTo(kept + byte + 3 * rowBytes, v128.load(from + 3 * blockBytes), count);
        }
      }
    }
    activate(activation, activated, <usize>rows * stride);
    for (let i = 0; i < rows; i++) {
      const at = <usize>i * stride;
      if (counts(frame, row + i, time)) {
        for (let byte: usize = 0; byte < rowBytes; byte += 16) {
          v128.store(h + at + byte, f32x4.mul(v128.load(z + 3 * blockBytes + at + byte), v128.load(activated + at + byte)));
        }
      }
      storeRow(stepAt(frame, SEQUENCE, row + i, step, units), h + at, units);
      if (keepsGates) storeRow(stepAt(frame, CELLS, row + i, step, units), c + at, units);
    }
  }
  for (let i = 0; i < rows; i++) {
    const at = <usize>i * stride;
    const to = <usize>(row + i) * rowBytes;
    storeRow(argument(frame, STATE) + to, h + at, units);
    storeRow(argument(frame, CELL) + to, c + at, units);
  }
}

/**
 * The gradients of {@link recurrentLstmF32}; those of bias and recurrent kernel as partial sums. The chunk's memory: dh, dc and
 * activation(c) of all rows, then their gradients of the gates, 4 · units in a row.
 */
export function recurrentLstmGradF32(job: usize, chunk: i32, thread: i32): void {
  const frame = readArguments(job, thread);
  const units = <i32>argument(frame, UNITS);
  const steps = <i32>argument(frame, STEPS);
  const activation = <i32>argument(frame, ACTIVATION);
  const gateActivation = <i32>argument(frame, GATE_ACTIVATION);
  const isBackwards = argument(frame, GO_BACKWARDS) != 0;
  const width = widthOf(units);
  const stride = <usize>width << 2;
  const dh = frame + FRAME_BYTES;
  const dc = dh + <usize>ROWS * stride;
  const activated = dc + <usize>ROWS * stride;
  const dz = activated + <usize>ROWS * stride;
  const row = chunk * ROWS;
  const rows = min(ROWS, <i32>argument(frame, BATCH) - row);
  const columns = 4 * units;
  const rowBytes = <usize>units << 2;
  const gateBytes = <usize>columns << 2;
  const firstRow = <usize>row * rowBytes;
  loadRows(dh, stride, argument(frame, D_STATE) == 0 ? 0 : argument(frame, D_STATE) + firstRow, rows, units);
  loadRows(dc, stride, argument(frame, D_CELL) == 0 ? 0 : argument(frame, D_CELL) + firstRow, rows, units);
  for (let step = steps - 1; step >= 0; step--) {
    const time = isBackwards ? steps - 1 - step : step;
    for (let i = 0; i < rows; i++) copyRow(activated + <usize>i * stride, stepAt(frame, CELLS, row + i, step, units), units);
    activate(activation, activated, <usize>rows * stride);
    for (let i = 0; i < rows; i++) {
      const isCounted = counts(frame, row + i, time);
      const gates = stepAt(frame, GATES, row + i, step, columns);
      const before =
        step == 0 ? argument(frame, INITIAL_CELL) + <usize>(row + i) * rowBytes : stepAt(frame, CELLS, row + i, step - 1, units);
      const dy = argument(frame, D_SEQUENCE) == 0 ? 0 : stepAt(frame, D_SEQUENCE, row + i, step, units);
      const out = stepAt(frame, D_PROJECTION, row + i, time, columns);
      const at = <usize>i * stride;
      const gradients = dz + <usize>i * gateBytes;
      if (!isCounted) memory.fill(gradients, 0, gateBytes);
      for (let unit = 0; unit < units; unit += 4) {
        const byte = <usize>unit << 2;
        const count = units - unit;
        let dState = v128.load(dh + at + byte);
        if (dy != 0) dState = f32x4.add(dState, loadUpTo(dy + byte, count));
        if (!isCounted) {
          v128.store(dh + at + byte, dState);
          continue;
        }
        v128.store(dh + at + byte, f32x4.splat(0));
        const input = loadUpTo(gates + byte, count);
        const forget = loadUpTo(gates + rowBytes + byte, count);
        const candidate = loadUpTo(gates + 2 * rowBytes + byte, count);
        const output = loadUpTo(gates + 3 * rowBytes + byte, count);
        const y = v128.load(activated + at + byte);
        const dCell = f32x4.add(v128.load(dc + at + byte), timesDerivative(activation, y, f32x4.mul(dState, output)));
        v128.store(dc + at + byte, f32x4.mul(dCell, forget));
        const to = gradients + byte;
        storeUpTo(to, timesDerivative(gateActivation, input, f32x4.mul(dCell, candidate)), count);
        storeUpTo(to + rowBytes, timesDerivative(gateActivation, forget, f32x4.mul(dCell, loadUpTo(before + byte, count))), count);
        storeUpTo(to + 2 * rowBytes, timesDerivative(activation, candidate, f32x4.mul(dCell, input)), count);
        storeUpTo(to + 3 * rowBytes, timesDerivative(gateActivation, output, f32x4.mul(dState, y)), count);
      }
      storeRow(out, gradients, columns);
    }
    product(dh, stride, width >> 3, argument(frame, PACKED), dz, gateBytes, columns, 0, 0, 0, rows);
  }
  for (let i = 0; i < rows; i++) {
    const to = <usize>(row + i) * rowBytes;
    storeRow(argument(frame, D_INITIAL_STATE) + to, dh + <usize>i * stride, units);
    storeRow(argument(frame, D_INITIAL_CELL) + to, dc + <usize>i * stride, units);
  }
  sumGradients(frame, chunk, columns, row, rows, isBackwards);
}
