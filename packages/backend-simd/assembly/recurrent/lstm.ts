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
import { counts, rowAt, rowStride, stepAt, sumGradients, widthOf } from './cell';
import { factorsOf, loadInput, projectBlock } from './input';
import { loadUpTo, storeUpTo } from './part';
import { multiply } from './product';
import { copyRows, loadRows } from './rows';

/**
 * All steps of an LSTM for a block of rows of the batch. Arguments: arguments.ts. The chunk's memory: the gates i, f, c, o of all rows, one
 * after the other; c and activation(c); the factors x and h.
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
  const inputBytes = <usize>factorsOf(frame) << 2;
  const factorStride = inputBytes + stride;
  const depth = factorsOf(frame) + units;
  const z = frame + FRAME_BYTES;
  const c = z + 4 * blockBytes;
  const activated = c + blockBytes;
  const factors = activated + blockBytes;
  const h = factors + inputBytes;
  const row = chunk * ROWS;
  const rows = min(ROWS, <i32>argument(frame, BATCH) - row);
  const rowBytes = <usize>units << 2;
  loadRows(h, factorStride, rowAt(frame, INITIAL_STATE, row, units), units, rows);
  loadRows(c, stride, rowAt(frame, INITIAL_CELL, row, units), units, rows);
  for (let step = 0; step < steps; step++) {
    const time = isBackwards ? steps - 1 - step : step;
    loadInput(frame, factors, factorStride, row, rows, time);
    for (let block = 0; block < 4; block++) {
      projectBlock(frame, z + <usize>block * blockBytes, stride, factors, factorStride, depth, block, 4, row, rows, time);
    }
    activate(gateActivation, z, blockBytes + <usize>rows * stride);
    activate(activation, z + 2 * blockBytes, <usize>rows * stride);
    activate(gateActivation, z + 3 * blockBytes, <usize>rows * stride);
    for (let i = 0; i < rows; i++) {
      if (!counts(frame, row + i, time)) continue;
      const at = <usize>i * stride;
      for (let byte: usize = at; byte < at + stride; byte += 16) {
        const from = z + byte;
        const cell = multiplyAdd(
          v128.load(from),
          v128.load(from + 2 * blockBytes),
          f32x4.mul(v128.load(from + blockBytes), v128.load(c + byte)),
        );
        v128.store(c + byte, cell);
        v128.store(activated + byte, cell);
      }
    }
    activate(activation, activated, <usize>rows * stride);
    for (let i = 0; i < rows; i++) {
      if (!counts(frame, row + i, time)) continue;
      const output = z + 3 * blockBytes + <usize>i * stride;
      const cell = activated + <usize>i * stride;
      const to = h + <usize>i * factorStride;
      for (let byte: usize = 0; byte < stride; byte += 16) {
        v128.store(to + byte, f32x4.mul(v128.load(output + byte), v128.load(cell + byte)));
      }
    }
    copyRows(stepAt(frame, SEQUENCE, row, step, units), rowStride(frame, units), h, factorStride, units, rows);
    if (keepsGates) {
      copyRows(stepAt(frame, CELLS, row, step, units), rowStride(frame, units), c, stride, units, rows);
      const gates = stepAt(frame, GATES, row, step, 4 * units);
      for (let block: usize = 0; block < 4; block++) {
        copyRows(gates + block * rowBytes, rowStride(frame, 4 * units), z + block * blockBytes, stride, units, rows);
      }
    }
  }
  copyRows(rowAt(frame, STATE, row, units), rowBytes, h, factorStride, units, rows);
  copyRows(rowAt(frame, CELL, row, units), rowBytes, c, stride, units, rows);
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
  loadRows(dh, stride, rowAt(frame, D_STATE, row, units), units, rows);
  loadRows(dc, stride, rowAt(frame, D_CELL, row, units), units, rows);
  for (let step = steps - 1; step >= 0; step--) {
    const time = isBackwards ? steps - 1 - step : step;
    copyRows(activated, stride, stepAt(frame, CELLS, row, step, units), rowStride(frame, units), units, rows);
    activate(activation, activated, <usize>rows * stride);
    for (let i = 0; i < rows; i++) {
      const gates = stepAt(frame, GATES, row + i, step, columns);
      const before = step == 0 ? rowAt(frame, INITIAL_CELL, row + i, units) : stepAt(frame, CELLS, row + i, step - 1, units);
      const dy = argument(frame, D_SEQUENCE) == 0 ? 0 : stepAt(frame, D_SEQUENCE, row + i, step, units);
      const at = <usize>i * stride;
      const gradients = dz + <usize>i * gateBytes;
      const isCounted = counts(frame, row + i, time);
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
    }
    copyRows(stepAt(frame, D_PROJECTION, row, time, columns), rowStride(frame, columns), dz, gateBytes, columns, rows);
    multiply(dh, stride, dh, stride, width >> 3, argument(frame, PACKED), <usize>columns << 5, dz, gateBytes, columns, rows);
  }
  copyRows(rowAt(frame, D_INITIAL_STATE, row, units), rowBytes, dh, stride, units, rows);
  copyRows(rowAt(frame, D_INITIAL_CELL, row, units), rowBytes, dc, stride, units, rows);
  sumGradients(frame, thread, chunk, columns, row, rows, isBackwards);
}
