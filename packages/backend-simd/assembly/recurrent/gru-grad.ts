import { multiplyAdd } from '../vector';
import { timesDerivative } from './activation';
import {
  ACTIVATION,
  argument,
  BATCH,
  D_INITIAL_STATE,
  D_PROJECTION,
  D_SEQUENCE,
  D_STATE,
  FRAME_BYTES,
  GATE_ACTIVATION,
  GATES,
  GO_BACKWARDS,
  INITIAL_STATE,
  INNER,
  PACKED,
  PACKED_CANDIDATE,
  ROWS,
  readArguments,
  SEQUENCE,
  STEPS,
  UNITS,
} from './arguments';
import { addBias, addRecurrentWeights, counts, partialsOf, rowAt, rowStride, stepAt, widthOf } from './cell';
import { loadUpTo, storeUpTo } from './part';
import { addOuter, multiply } from './product';
import { copyRows, loadRows } from './rows';

/**
 * The gradients of a GRU with reset after; those of bias and recurrent kernel as partial sums. The chunk's memory: dh of all rows, then
 * the gradients of the recurrent product, 3 · units in a row.
 */
export function recurrentGruAfterGradF32(job: usize, chunk: i32, thread: i32): void {
  const frame = readArguments(job, thread);
  const most = <i32>argument(frame, ROWS);
  const units = <i32>argument(frame, UNITS);
  const steps = <i32>argument(frame, STEPS);
  const activation = <i32>argument(frame, ACTIVATION);
  const gateActivation = <i32>argument(frame, GATE_ACTIVATION);
  const isBackwards = argument(frame, GO_BACKWARDS) != 0;
  const width = widthOf(units);
  const stride = <usize>width << 2;
  const columns = 3 * units;
  const rowBytes = <usize>units << 2;
  const gateBytes = <usize>columns << 2;
  const dh = frame + FRAME_BYTES;
  const dz = dh + <usize>most * stride;
  const row = chunk * most;
  const rows = min(most, <i32>argument(frame, BATCH) - row);
  loadRows(dh, stride, rowAt(frame, D_STATE, row, units), units, rows);
  for (let step = steps - 1; step >= 0; step--) {
    const time = isBackwards ? steps - 1 - step : step;
    addGradient(frame, dh, stride, row, rows, step, units);
    for (let i = 0; i < rows; i++) {
      const inner = dz + <usize>i * gateBytes;
      const out = stepAt(frame, D_PROJECTION, row + i, time, columns);
      if (!counts(frame, row + i, time)) {
        memory.fill(inner, 0, gateBytes);
        memory.fill(out, 0, gateBytes);
        continue;
      }
      const gates = stepAt(frame, GATES, row + i, step, 4 * units);
      const before = step == 0 ? rowAt(frame, INITIAL_STATE, row + i, units) : stepAt(frame, SEQUENCE, row + i, step - 1, units);
      const state = dh + <usize>i * stride;
      for (let unit = 0; unit < units; unit += 4) {
        const byte = <usize>unit << 2;
        const count = units - unit;
        const update = loadUpTo(gates + byte, count);
        const reset = loadUpTo(gates + rowBytes + byte, count);
        const candidate = loadUpTo(gates + 2 * rowBytes + byte, count);
        const recurrent = loadUpTo(gates + 3 * rowBytes + byte, count);
        const dState = v128.load(state + byte);
        const difference = f32x4.sub(loadUpTo(before + byte, count), candidate);
        const dUpdate = timesDerivative(gateActivation, update, f32x4.mul(dState, difference));
        const dCandidate = timesDerivative(activation, candidate, f32x4.mul(dState, f32x4.sub(f32x4.splat(1), update)));
        const dReset = timesDerivative(gateActivation, reset, f32x4.mul(dCandidate, recurrent));
        v128.store(state + byte, f32x4.mul(dState, update));
        storeUpTo(out + byte, dUpdate, count);
        storeUpTo(out + rowBytes + byte, dReset, count);
        storeUpTo(out + 2 * rowBytes + byte, dCandidate, count);
        storeUpTo(inner + byte, dUpdate, count);
        storeUpTo(inner + rowBytes + byte, dReset, count);
        storeUpTo(inner + 2 * rowBytes + byte, f32x4.mul(dCandidate, reset), count);
      }
    }
    copyRows(stepAt(frame, INNER, row, time, columns), rowStride(frame, columns), dz, gateBytes, columns, rows);
    multiply(dh, stride, dh, stride, width >> 3, argument(frame, PACKED), <usize>columns << 5, dz, gateBytes, columns, rows);
  }
  copyRows(rowAt(frame, D_INITIAL_STATE, row, units), rowBytes, dh, stride, units, rows);
  const bias = partialsOf(frame, chunk, columns);
  memory.fill(bias, 0, <usize>((units + 2) * columns) << 2);
  addBias(frame, bias, D_PROJECTION, columns, row, rows);
  addBias(frame, bias + gateBytes, INNER, columns, row, rows);
  addRecurrentWeights(frame, thread, bias + 2 * gateBytes, INNER, isBackwards, columns, 0, columns, row, rows);
}

/**
 * The gradients of a GRU with reset before; those of bias and recurrent kernel as partial sums. The chunk's memory: dh and the gradients of
 * r · h of all rows, then those of the gates and the candidate, 3 · units in a row.
 */
export function recurrentGruBeforeGradF32(job: usize, chunk: i32, thread: i32): void {
  const frame = readArguments(job, thread);
  const most = <i32>argument(frame, ROWS);
  const units = <i32>argument(frame, UNITS);
  const steps = <i32>argument(frame, STEPS);
  const activation = <i32>argument(frame, ACTIVATION);
  const gateActivation = <i32>argument(frame, GATE_ACTIVATION);
  const isBackwards = argument(frame, GO_BACKWARDS) != 0;
  const width = widthOf(units);
  const stride = <usize>width << 2;
  const columns = 3 * units;
  const rowBytes = <usize>units << 2;
  const gateBytes = <usize>columns << 2;
  const dh = frame + FRAME_BYTES;
  const dResetState = dh + <usize>most * stride;
  const dz = dResetState + <usize>most * stride;
  const row = chunk * most;
  const rows = min(most, <i32>argument(frame, BATCH) - row);
  const candidates = argument(frame, PACKED_CANDIDATE);
  loadRows(dh, stride, rowAt(frame, D_STATE, row, units), units, rows);
  for (let step = steps - 1; step >= 0; step--) {
    const time = isBackwards ? steps - 1 - step : step;
    addGradient(frame, dh, stride, row, rows, step, units);
    for (let i = 0; i < rows; i++) {
      const gradients = dz + <usize>i * gateBytes;
      const resetState = stepAt(frame, INNER, row + i, time, units);
      if (!counts(frame, row + i, time)) {
        memory.fill(gradients, 0, gateBytes);
        memory.fill(resetState, 0, rowBytes);
        continue;
      }
      const gates = stepAt(frame, GATES, row + i, step, 4 * units);
      const before = step == 0 ? rowAt(frame, INITIAL_STATE, row + i, units) : stepAt(frame, SEQUENCE, row + i, step - 1, units);
      const state = dh + <usize>i * stride;
      for (let unit = 0; unit < units; unit += 4) {
        const byte = <usize>unit << 2;
        const count = units - unit;
        const update = loadUpTo(gates + byte, count);
        const candidate = loadUpTo(gates + 2 * rowBytes + byte, count);
        const h = loadUpTo(before + byte, count);
        const dState = v128.load(state + byte);
        const dCandidate = f32x4.mul(dState, f32x4.sub(f32x4.splat(1), update));
        storeUpTo(gradients + byte, timesDerivative(gateActivation, update, f32x4.mul(dState, f32x4.sub(h, candidate))), count);
        storeUpTo(gradients + 2 * rowBytes + byte, timesDerivative(activation, candidate, dCandidate), count);
        storeUpTo(resetState + byte, f32x4.mul(loadUpTo(gates + rowBytes + byte, count), h), count);
        v128.store(state + byte, f32x4.mul(dState, update));
      }
    }
    memory.fill(dResetState, 0, <usize>rows * stride);
    const dCandidates = dz + 2 * rowBytes;
    multiply(dResetState, stride, dResetState, stride, width >> 3, candidates, <usize>units << 5, dCandidates, gateBytes, units, rows);
    for (let i = 0; i < rows; i++) {
      if (!counts(frame, row + i, time)) continue;
      const gates = stepAt(frame, GATES, row + i, step, 4 * units);
      const before = step == 0 ? rowAt(frame, INITIAL_STATE, row + i, units) : stepAt(frame, SEQUENCE, row + i, step - 1, units);
      const at = <usize>i * stride;
      for (let unit = 0; unit < units; unit += 4) {
        const byte = <usize>unit << 2;
        const count = units - unit;
        const reset = loadUpTo(gates + rowBytes + byte, count);
        const dFactor = v128.load(dResetState + at + byte);
        const dReset = timesDerivative(gateActivation, reset, f32x4.mul(dFactor, loadUpTo(before + byte, count)));
        storeUpTo(dz + <usize>i * gateBytes + rowBytes + byte, dReset, count);
        v128.store(dh + at + byte, multiplyAdd(dFactor, reset, v128.load(dh + at + byte)));
      }
    }
    copyRows(stepAt(frame, D_PROJECTION, row, time, columns), rowStride(frame, columns), dz, gateBytes, columns, rows);
    multiply(dh, stride, dh, stride, width >> 3, argument(frame, PACKED), <usize>(2 * units) << 5, dz, gateBytes, 2 * units, rows);
  }
  copyRows(rowAt(frame, D_INITIAL_STATE, row, units), rowBytes, dh, stride, units, rows);
  const bias = partialsOf(frame, chunk, columns);
  const weights = bias + 2 * gateBytes;
  memory.fill(bias, 0, <usize>((units + 2) * columns) << 2);
  addBias(frame, bias, D_PROJECTION, columns, row, rows);
  addRecurrentWeights(frame, thread, weights, D_PROJECTION, isBackwards, columns, 0, 2 * units, row, rows);
  const resetStates = stepAt(frame, INNER, row, 0, units);
  const dCandidates = stepAt(frame, D_PROJECTION, row, 0, columns) + 2 * rowBytes;
  addOuter(thread, weights + 2 * rowBytes, gateBytes, resetStates, rowBytes, units, dCandidates, gateBytes, units, rows * steps);
}

/** Adds what comes from the outputs of a step. */
function addGradient(frame: usize, dh: usize, stride: usize, row: i32, rows: i32, step: i32, units: i32): void {
  if (argument(frame, D_SEQUENCE) == 0) return;
  let from = stepAt(frame, D_SEQUENCE, row, step, units);
  for (let i = 0; i < rows; i++) {
    for (let unit = 0; unit < units; unit += 4) {
      const byte = <usize>unit << 2;
      v128.store(dh + byte, f32x4.add(v128.load(dh + byte), loadUpTo(from + byte, units - unit)));
    }
    dh += stride;
    from += rowStride(frame, units);
  }
}
