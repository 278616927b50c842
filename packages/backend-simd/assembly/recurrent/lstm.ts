import { multiplyAdd } from '../vector';
import { activate, Other, SIGMOID, TANH, timesGateDerivative, timesStateDerivative, Usual } from './activation';
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
import { factorsOf, loadInput, projectBlocks } from './input';
import { loadUpTo, storeUpTo } from './part';
import { multiply } from './product';
import { addTo, copyRows, loadRows } from './rows';

/**
 * All steps of an LSTM for a block of rows of the batch. Arguments: arguments.ts. The chunk's memory: the gates i, f, c, o of all rows, one
 * after the other; c and activation(c); the factors x and h.
 */
export function recurrentLstmF32(job: usize, chunk: i32, thread: i32): void {
  const frame = readArguments(job, thread);
  const most = <i32>argument(frame, ROWS);
  const units = <i32>argument(frame, UNITS);
  const steps = <i32>argument(frame, STEPS);
  const activation = <i32>argument(frame, ACTIVATION);
  const gateActivation = <i32>argument(frame, GATE_ACTIVATION);
  const isBackwards = argument(frame, GO_BACKWARDS) != 0;
  const keepsGates = argument(frame, GATES) != 0;
  const stride = <usize>widthOf(units) << 2;
  const blockBytes = <usize>most * stride;
  const inputBytes = <usize>factorsOf(frame) << 2;
  const factorStride = inputBytes + stride;
  const depth = factorsOf(frame) + units;
  const z = frame + FRAME_BYTES;
  const c = z + 4 * blockBytes;
  const activated = c + blockBytes;
  const factors = activated + blockBytes;
  const h = factors + inputBytes;
  const row = chunk * most;
  const rows = min(most, <i32>argument(frame, BATCH) - row);
  const rowBytes = <usize>units << 2;
  loadRows(h, factorStride, rowAt(frame, INITIAL_STATE, row, units), units, rows);
  loadRows(c, stride, rowAt(frame, INITIAL_CELL, row, units), units, rows);
  for (let step = 0; step < steps; step++) {
    const time = isBackwards ? steps - 1 - step : step;
    loadInput(frame, z, stride, 4, factors, factorStride, row, rows, time);
    projectBlocks(frame, z, stride, factors, factorStride, depth, 0, 4, 4, row, rows, time);
    activate(gateActivation, z, z, blockBytes + <usize>rows * stride);
    activate(activation, z + 2 * blockBytes, z + 2 * blockBytes, <usize>rows * stride);
    activate(gateActivation, z + 3 * blockBytes, z + 3 * blockBytes, <usize>rows * stride);
    updateCells(frame, z, c, keepsGates, row, rows, step, time);
    activate(activation, c, activated, <usize>rows * stride);
    multiplyOutputs(frame, h, factorStride, z + 3 * blockBytes, activated, row, rows, step, time);
  }
  copyRows(rowAt(frame, STATE, row, units), rowBytes, h, factorStride, units, rows);
  copyRows(rowAt(frame, CELL, row, units), rowBytes, c, stride, units, rows);
}

/**
 * The gradients of {@link recurrentLstmF32}; those of bias and recurrent kernel as partial sums. The chunk's memory: dh, dc and
 * activation(c) of all rows.
 */
export function recurrentLstmGradF32(job: usize, chunk: i32, thread: i32): void {
  const frame = readArguments(job, thread);
  const most = <i32>argument(frame, ROWS);
  const units = <i32>argument(frame, UNITS);
  const steps = <i32>argument(frame, STEPS);
  const activation = <i32>argument(frame, ACTIVATION);
  const gateActivation = <i32>argument(frame, GATE_ACTIVATION);
  const isBackwards = argument(frame, GO_BACKWARDS) != 0;
  const width = widthOf(units);
  const stride = <usize>width << 2;
  const dh = frame + FRAME_BYTES;
  const dc = dh + <usize>most * stride;
  const activated = dc + <usize>most * stride;
  const row = chunk * most;
  const rows = min(most, <i32>argument(frame, BATCH) - row);
  const columns = 4 * units;
  const rowBytes = <usize>units << 2;
  const gateBytes = <usize>columns << 2;
  loadRows(dh, stride, rowAt(frame, D_STATE, row, units), units, rows);
  loadRows(dc, stride, rowAt(frame, D_CELL, row, units), units, rows);
  for (let step = steps - 1; step >= 0; step--) {
    const time = isBackwards ? steps - 1 - step : step;
    copyRows(activated, stride, stepAt(frame, CELLS, row, step, units), rowStride(frame, units), units, rows);
    activate(activation, activated, activated, <usize>rows * stride);
    gradientOfStep(frame, activation, gateActivation, dh, dc, activated, row, rows, step, time);
    const gradient = stepAt(frame, D_PROJECTION, row, time, columns);
    multiply(dh, stride, dh, stride, width >> 3, argument(frame, PACKED), <usize>columns << 5, gradient, rowStride(frame, columns), columns, rows);
  }
  copyRows(rowAt(frame, D_INITIAL_STATE, row, units), rowBytes, dh, stride, units, rows);
  copyRows(rowAt(frame, D_INITIAL_CELL, row, units), rowBytes, dc, stride, units, rows);
  sumGradients(frame, thread, chunk, columns, row, rows, isBackwards);
}

/** Of one step: c = f · c + i · c̃ in each row that counts; keeps the gates, which are in z, and c. */
function updateCells(frame: usize, z: usize, c: usize, keepsGates: bool, row: i32, rows: i32, step: i32, time: i32): void {
  const units = <i32>argument(frame, UNITS);
  const whole = units >> 2;
  const rowBytes = <usize>units << 2;
  const stride = <usize>widthOf(units) << 2;
  const blockBytes = argument(frame, ROWS) * stride;
  for (let i = 0; i < rows; i++) {
    const isCounted = counts(frame, row + i, time);
    let from = z + <usize>i * stride;
    let cell = c + <usize>i * stride;
    let gates = keepsGates ? stepAt(frame, GATES, row + i, step, 4 * units) : 0;
    let cells = keepsGates ? stepAt(frame, CELLS, row + i, step, units) : 0;
    if (isCounted) {
      // All whole vectors, as rows in a thread's memory have room for them.
      for (let byte: usize = 0; byte < rowBytes; byte += 16) {
        const product = f32x4.mul(v128.load(from + blockBytes + byte), v128.load(cell + byte));
        v128.store(cell + byte, multiplyAdd(v128.load(from + byte), v128.load(from + 2 * blockBytes + byte), product));
      }
    }
    if (!keepsGates) continue;
    for (let n = whole; n > 0; n--) {
      v128.store(cells, v128.load(cell));
      cells += 16;
      cell += 16;
      let to = gates;
      v128.store(to, v128.load(from));
      to += rowBytes;
      v128.store(to, v128.load(from + blockBytes));
      to += rowBytes;
      v128.store(to, v128.load(from + 2 * blockBytes));
      to += rowBytes;
      v128.store(to, v128.load(from + 3 * blockBytes));
      from += 16;
      gates += 16;
    }
    const count = units & 3;
    if (count != 0) {
      storeUpTo(cells, v128.load(cell), count);
      for (let block = 0; block < 4; block++) {
        storeUpTo(gates, v128.load(from), count);
        gates += rowBytes;
        from += blockBytes;
      }
    }
  }
}

/** Of one step: h = o · activation(c) in each row that counts; and the output. */
function multiplyOutputs(frame: usize, h: usize, hStride: usize, o: usize, activated: usize, row: i32, rows: i32, step: i32, time: i32): void {
  const units = <i32>argument(frame, UNITS);
  const bytes = <usize>units << 2;
  const stride = <usize>widthOf(units) << 2;
  for (let i = 0; i < rows; i++) {
    const at = <usize>i * stride;
    const to = h + <usize>i * hStride;
    if (!counts(frame, row + i, time)) continue;
    for (let byte: usize = 0; byte < bytes; byte += 16) {
      v128.store(to + byte, f32x4.mul(v128.load(o + at + byte), v128.load(activated + at + byte)));
    }
  }
  copyRows(stepAt(frame, SEQUENCE, row, step, units), rowStride(frame, units), h, hStride, units, rows);
}

/**
 * Of one step: the gradients of the gates, into `dProjection`; of the cell before it, in dc; and in dh what goes to the state before it past
 * the product, which is nothing, except at a masked step.
 */
function gradientOfStep(
  frame: usize,
  activation: i32,
  gateActivation: i32,
  dh: usize,
  dc: usize,
  activated: usize,
  row: i32,
  rows: i32,
  step: i32,
  time: i32,
): void {
  const units = <i32>argument(frame, UNITS);
  const columns = 4 * units;
  const rowBytes = <usize>units << 2;
  const stride = <usize>widthOf(units) << 2;
  const isUsual = activation == TANH && gateActivation == SIGMOID;
  for (let i = 0; i < rows; i++) {
    const at = <usize>i * stride;
    if (argument(frame, D_SEQUENCE) != 0) addTo(dh + at, stepAt(frame, D_SEQUENCE, row + i, step, units), units);
    let gradients = stepAt(frame, D_PROJECTION, row + i, time, columns);
    if (!counts(frame, row + i, time)) {
      memory.fill(gradients, 0, 4 * rowBytes);
      continue;
    }
    let gates = stepAt(frame, GATES, row + i, step, columns);
    let before = step == 0 ? rowAt(frame, INITIAL_CELL, row + i, units) : stepAt(frame, CELLS, row + i, step - 1, units);
    let unit = at;
    let left = units;
    if (isUsual) {
      for (; left >= 4; left -= 4) {
        gradientOfUnits<Usual>(activation, gateActivation, gradients, rowBytes, gates, before, dh + unit, dc + unit, activated + unit, 4);
        unit += 16;
        gradients += 16;
        gates += 16;
        before += 16;
      }
    }
    for (; left > 0; left -= 4) {
      gradientOfUnits<Other>(activation, gateActivation, gradients, rowBytes, gates, before, dh + unit, dc + unit, activated + unit, left);
      unit += 16;
      gradients += 16;
      gates += 16;
      before += 16;
    }
  }
}

/** {@link gradientOfStep} of `count` units of a row, of which four are done at the most. */
// @ts-ignore: decorator
@inline
function gradientOfUnits<Kind>(
  activation: i32,
  gateActivation: i32,
  gradients: usize,
  rowBytes: usize,
  gates: usize,
  before: usize,
  dh: usize,
  dc: usize,
  activated: usize,
  count: i32,
): void {
  const dState = v128.load(dh);
  v128.store(dh, f32x4.splat(0));
  const input = loadUpTo(gates, count);
  const forget = loadUpTo(gates + rowBytes, count);
  const candidate = loadUpTo(gates + 2 * rowBytes, count);
  const output = loadUpTo(gates + 3 * rowBytes, count);
  const y = v128.load(activated);
  const dCell = f32x4.add(v128.load(dc), timesStateDerivative<Kind>(activation, y, f32x4.mul(dState, output)));
  v128.store(dc, f32x4.mul(dCell, forget));
  storeUpTo(gradients, timesGateDerivative<Kind>(gateActivation, input, f32x4.mul(dCell, candidate)), count);
  const dForget = f32x4.mul(dCell, loadUpTo(before, count));
  storeUpTo(gradients + rowBytes, timesGateDerivative<Kind>(gateActivation, forget, dForget), count);
  storeUpTo(gradients + 2 * rowBytes, timesStateDerivative<Kind>(activation, candidate, f32x4.mul(dCell, input)), count);
  storeUpTo(gradients + 3 * rowBytes, timesGateDerivative<Kind>(gateActivation, output, f32x4.mul(dState, y)), count);
}
