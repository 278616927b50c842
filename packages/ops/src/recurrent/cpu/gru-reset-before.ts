import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { GruGradInputs, GruInputs, RecurrentAttrs } from '../kernel-contract.js';
import { derivativeFromOutput, scalarActivation } from './gate-activation.js';
import { inputProjection } from './input-projection.js';
import { addProduct, columnSums, padded, paddedRows, unpadded } from './product.js';
import { RecurrentProductGrad } from './recurrent-product-grad.js';
import type { Host } from './register.js';
import { Steps } from './steps.js';

/** GRU whose reset gate is applied to the state before the recurrent product of the candidate, which therefore waits for that of the gates. */
export function gruResetBefore(inputs: GruInputs<TensorInfo>, attrs: RecurrentAttrs, host: Host): TensorInfo[] {
  const [batch, count] = inputs.x.shape as [number, number];
  const units = inputs.recurrentKernel.shape[0]!;
  const stride = padded(units);
  const columns = 3 * units;
  const gateStride = padded(2 * units);
  const steps = new Steps(batch, count, attrs.goBackwards);
  const projection = inputProjection(host.readInput(inputs.x), host.read(inputs.kernel), host.read(inputs.bias), batch * count, columns);
  const recurrentKernel = host.read(inputs.recurrentKernel);
  const gateWeights = paddedRows(columnRange(recurrentKernel, columns, 0, 2 * units), units, 2 * units);
  const candidateWeights = paddedRows(columnRange(recurrentKernel, columns, 2 * units, columns), units, units);
  const mask = host.readMask(inputs.mask, batch * count);
  const activation = scalarActivation(attrs.activation);
  const gateActivation = scalarActivation(attrs.recurrentActivation!);

  const h = steps.rows(units);
  steps.loadState(h, host.read(inputs.initialState), units);
  const z = steps.rows(2 * units);
  const resetState = steps.rows(units);
  const candidateProduct = steps.rows(units);
  const sequence = new Float32Array(batch * count * units);
  const gates = attrs.forGradient ? new Float32Array(batch * count * 4 * units) : undefined;
  for (let step = 0; step < count; step++) {
    const time = steps.time(step);
    z.fill(0);
    addProduct(h, stride, gateWeights, z, batch, units, gateStride);
    for (let row = 0; row < batch; row++) {
      const index = row * count + time;
      for (let unit = 0; unit < units; unit++) {
        const gate = row * gateStride + unit;
        z[gate] = gateActivation(projection[index * columns + unit]! + z[gate]!);
        const reset = gateActivation(projection[index * columns + units + unit]! + z[gate + units]!);
        z[gate + units] = reset;
        resetState[row * stride + unit] = reset * h[row * stride + unit]!;
      }
    }
    candidateProduct.fill(0);
    addProduct(resetState, stride, candidateWeights, candidateProduct, batch, units, stride);
    for (let row = 0; row < batch; row++) {
      const index = row * count + time;
      if (!mask[index]) continue;
      for (let unit = 0; unit < units; unit++) {
        const at = row * stride + unit;
        const update = z[row * gateStride + unit]!;
        const candidate = activation(projection[index * columns + 2 * units + unit]! + candidateProduct[at]!);
        h[at] = update * h[at]! + (1 - update) * candidate;
        if (!gates) continue;
        const to = (row * count + step) * 4 * units + unit;
        gates[to] = update;
        gates[to + units] = z[row * gateStride + units + unit]!;
        gates[to + 2 * units] = candidate;
      }
    }
    steps.store(h, sequence, step, units);
  }
  const outputs = [host.write(sequence, [batch, count, units]), host.write(unpadded(h, batch, units), [batch, units])];
  if (gates) outputs.push(host.write(gates, [batch, count, 4 * units]));
  return outputs;
}

/** The gradients of {@link gruResetBefore}. */
export function gruResetBeforeGrad(inputs: GruGradInputs<TensorInfo>, attrs: RecurrentAttrs, host: Host): TensorInfo[] {
  const [batch, count, units] = inputs.sequence.shape as [number, number, number];
  const stride = padded(units);
  const columns = 3 * units;
  const gateStride = padded(2 * units);
  const steps = new Steps(batch, count, attrs.goBackwards);
  const recurrentKernel = host.read(inputs.recurrentKernel);
  const gateProduct = new RecurrentProductGrad(columnRange(recurrentKernel, columns, 0, 2 * units), batch, units, 2 * units);
  const candidateProduct = new RecurrentProductGrad(columnRange(recurrentKernel, columns, 2 * units, columns), batch, units, units);
  const sequence = host.read(inputs.sequence);
  const gates = host.read(inputs.gates);
  const initialState = host.read(inputs.initialState);
  const dSequence = host.readOrZeros(inputs.dSequence, batch * count * units);
  const mask = host.readMask(inputs.mask, batch * count);
  const derivative = derivativeFromOutput(attrs.activation);
  const gateDerivative = derivativeFromOutput(attrs.recurrentActivation!);

  const dh = steps.rows(units);
  steps.loadState(dh, host.readOrZeros(inputs.dState, batch * units), units);
  const before = steps.rows(units);
  const resetState = steps.rows(units);
  const dResetState = steps.rows(units);
  const dCandidate = steps.rows(units);
  const dGates = steps.rows(2 * units);
  const dProjection = new Float32Array(batch * count * columns);
  for (let step = count - 1; step >= 0; step--) {
    const time = steps.time(step);
    steps.add(dh, dSequence, step, units);
    steps.loadBefore(before, sequence, initialState, step, units);
    // Masked rows contribute nothing, and keep the gradient of their state as it is.
    dCandidate.fill(0);
    dGates.fill(0);
    resetState.fill(0);
    dResetState.fill(0);
    for (let row = 0; row < batch; row++) {
      if (!mask[row * count + time]) continue;
      for (let unit = 0; unit < units; unit++) {
        const at = row * stride + unit;
        const from = (row * count + step) * 4 * units + unit;
        const update = gates[from]!;
        const candidate = gates[from + 2 * units]!;
        dCandidate[at] = dh[at]! * (1 - update) * derivative(candidate);
        dGates[row * gateStride + unit] = dh[at]! * (before[at]! - candidate) * gateDerivative(update);
        resetState[at] = gates[from + units]! * before[at]!;
        dh[at] = dh[at]! * update;
      }
    }
    candidateProduct.step(resetState, dCandidate, dResetState);
    for (let row = 0; row < batch; row++) {
      if (!mask[row * count + time]) continue;
      for (let unit = 0; unit < units; unit++) {
        const at = row * stride + unit;
        const gate = row * gateStride + unit;
        const reset = gates[(row * count + step) * 4 * units + units + unit]!;
        dGates[gate + units] = dResetState[at]! * before[at]! * gateDerivative(reset);
        dh[at] = dh[at]! + dResetState[at]! * reset;
        const to = (row * count + time) * columns + unit;
        dProjection[to] = dGates[gate]!;
        dProjection[to + units] = dGates[gate + units]!;
        dProjection[to + 2 * units] = dCandidate[at]!;
      }
    }
    gateProduct.step(before, dGates, dh);
  }
  const dRecurrentKernel = new Float32Array(units * columns);
  for (let unit = 0; unit < units; unit++) {
    dRecurrentKernel.set(gateProduct.dWeights.subarray(unit * gateStride, unit * gateStride + 2 * units), unit * columns);
    dRecurrentKernel.set(candidateProduct.dWeights.subarray(unit * stride, unit * stride + units), unit * columns + 2 * units);
  }
  return [
    host.write(dProjection, [batch, count, columns]),
    host.write(dRecurrentKernel, [units, columns]),
    host.write(columnSums(dProjection, columns), [columns]),
    host.write(unpadded(dh, batch, units), [batch, units]),
  ];
}

/** Columns `from` to, not including, `to` of `values [rows, columns]`. */
function columnRange(values: Float32Array, columns: number, from: number, to: number): Float32Array {
  const rows = values.length / columns;
  const out = new Float32Array(rows * (to - from));
  for (let row = 0; row < rows; row++) out.set(values.subarray(row * columns + from, row * columns + to), row * (to - from));
  return out;
}
