import { multiplyAdd } from '../vector';
import { activate } from './activation';
import {
  ACTIVATION,
  argument,
  BATCH,
  BIAS,
  FRAME_BYTES,
  GATE_ACTIVATION,
  GATES,
  GO_BACKWARDS,
  INITIAL_STATE,
  PACKED,
  RESET_AFTER,
  ROWS,
  readArguments,
  SEQUENCE,
  STATE,
  STEPS,
  UNITS,
} from './arguments';
import { counts, rowAt, rowStride, stepAt, widthOf } from './cell';
import { factorsOf, loadInput, projectBlocks } from './input';
import { multiply } from './product';
import { copyRows, loadRows } from './rows';

/**
 * All steps of a GRU for a block of rows of the batch. Arguments: arguments.ts. The chunk's memory: z, r and the candidate of all rows, one
 * after the other; with reset after, the recurrent part of the candidate, else r · h; then the factors x and h.
 */
export function recurrentGruF32(job: usize, chunk: i32, thread: i32): void {
  const frame = readArguments(job, thread);
  const most = <i32>argument(frame, ROWS);
  const units = <i32>argument(frame, UNITS);
  const steps = <i32>argument(frame, STEPS);
  const gateActivation = <i32>argument(frame, GATE_ACTIVATION);
  const isBackwards = argument(frame, GO_BACKWARDS) != 0;
  const isResetAfter = argument(frame, RESET_AFTER) != 0;
  const stride = <usize>widthOf(units) << 2;
  const blockBytes = <usize>most * stride;
  const features = factorsOf(frame);
  const inputBytes = <usize>features << 2;
  const factorStride = inputBytes + stride;
  const update = frame + FRAME_BYTES;
  const reset = update + blockBytes;
  const candidate = reset + blockBytes;
  const recurrent = candidate + blockBytes;
  const factors = recurrent + blockBytes;
  const h = factors + inputBytes;
  const row = chunk * most;
  const rows = min(most, <i32>argument(frame, BATCH) - row);
  const rowBytes = <usize>units << 2;
  const gateBytes = rowStride(frame, 4 * units);
  // The recurrent weights of the candidate: its panels, behind the rows of the kernel.
  const panels = <i32>(stride >> 5);
  const panelBytes = <usize>(features + units) << 5;
  const packed = argument(frame, PACKED) + <usize>(2 * panels) * panelBytes + (inputBytes << 3);
  const recurrentBias = argument(frame, BIAS) + 3 * rowBytes;
  loadRows(h, factorStride, rowAt(frame, INITIAL_STATE, row, units), units, rows);
  for (let step = 0; step < steps; step++) {
    const time = isBackwards ? steps - 1 - step : step;
    loadInput(frame, update, stride, 3, factors, factorStride, row, rows, time);
    projectBlocks(frame, update, stride, factors, factorStride, features + units, 0, 2, 3, row, rows, time);
    projectBlocks(frame, candidate, stride, factors, factorStride, features, 2, 1, 3, row, rows, time);
    if (isResetAfter) {
      addToRows(update, stride, recurrentBias, units, rows);
      addToRows(reset, stride, recurrentBias + rowBytes, units, rows);
      copyRows(recurrent, stride, recurrentBias + 2 * rowBytes, 0, units, rows);
      multiply(recurrent, stride, recurrent, stride, panels, packed, panelBytes, h, factorStride, units, rows);
    }
    activate(gateActivation, update, update, blockBytes + <usize>rows * stride);
    if (isResetAfter) addProducts(candidate, stride, reset, recurrent, stride, stride, rows, true);
    else {
      addProducts(recurrent, stride, reset, h, factorStride, stride, rows, false);
      multiply(candidate, stride, candidate, stride, panels, packed, panelBytes, recurrent, stride, units, rows);
    }
    activate(<i32>argument(frame, ACTIVATION), candidate, candidate, <usize>rows * stride);
    for (let i = 0; i < rows; i++) {
      if (!counts(frame, row + i, time)) continue;
      const at = <usize>i * stride;
      const to = h + <usize>i * factorStride;
      for (let byte: usize = 0; byte < stride; byte += 16) {
        const u = v128.load(update + at + byte);
        const rest = f32x4.mul(f32x4.sub(f32x4.splat(1), u), v128.load(candidate + at + byte));
        v128.store(to + byte, multiplyAdd(u, v128.load(to + byte), rest));
      }
    }
    copyRows(stepAt(frame, SEQUENCE, row, step, units), rowStride(frame, units), h, factorStride, units, rows);
    if (argument(frame, GATES) != 0) {
      const gates = stepAt(frame, GATES, row, step, 4 * units);
      copyRows(gates, gateBytes, update, stride, units, rows);
      copyRows(gates + rowBytes, gateBytes, reset, stride, units, rows);
      copyRows(gates + 2 * rowBytes, gateBytes, candidate, stride, units, rows);
      if (isResetAfter) copyRows(gates + 3 * rowBytes, gateBytes, recurrent, stride, units, rows);
      else loadRows(gates + 3 * rowBytes, gateBytes, 0, units, rows);
    }
  }
  copyRows(rowAt(frame, STATE, row, units), rowBytes, h, factorStride, units, rows);
}

/** Adds `units` numbers to every row. */
function addToRows(to: usize, stride: usize, from: usize, units: i32, rows: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let byte: usize = 0; byte < <usize>units << 2; byte += 4) store<f32>(to + byte, load<f32>(to + byte) + load<f32>(from + byte));
    to += stride;
  }
}

/** to = a · b, or to += a · b, number by number, over rows of `bytes`; those of b are `bStride` apart, the others `stride`. */
function addProducts(to: usize, stride: usize, a: usize, b: usize, bStride: usize, bytes: usize, rows: i32, isAdded: bool): void {
  for (let i = 0; i < rows; i++) {
    for (let byte: usize = 0; byte < bytes; byte += 16) {
      const before = isAdded ? v128.load(to + byte) : f32x4.splat(0);
      v128.store(to + byte, multiplyAdd(v128.load(a + byte), v128.load(b + byte), before));
    }
    to += stride;
    a += stride;
    b += bStride;
  }
}
