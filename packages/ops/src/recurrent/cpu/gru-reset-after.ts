import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { GruGradInputs, GruInputs, RecurrentAttrs } from '../kernel-contract.js';
import { derivativeFromOutput, scalarActivation } from './gate-activation.js';
import { inputProjection } from './input-projection.js';
import { addProduct, columnSums, padded, paddedRows, unpadded } from './product.js';
import { RecurrentProductGrad } from './recurrent-product-grad.js';
import type { Host } from './register.js';
import { Steps } from './steps.js';

/** GRU whose reset gate is applied to the recurrent product: that of all gates is one, and has a bias of its own. */
export function gruResetAfter(inputs: GruInputs<TensorInfo>, attrs: RecurrentAttrs, host: Host): TensorInfo[] {
  const [batch, count] = inputs.x.shape as [number, number];
  const units = inputs.recurrentKernel.shape[0]!;
  const stride = padded(units);
  const columns = 3 * units;
  const gateStride = padded(columns);
  const steps = new Steps(batch, count, attrs.goBackwards);
  const bias = host.read(inputs.bias);
  const recurrentBias = bias.subarray(columns);
  const projection = inputProjection(host.readInput(inputs.x), host.read(inputs.kernel), bias, batch * count, columns);
  const weights = paddedRows(host.read(inputs.recurrentKernel), units, columns);
  const mask = host.readMask(inputs.mask, batch * count);
  const activation = scalarActivation(attrs.activation);
  const gateActivation = scalarActivation(attrs.recurrentActivation!);

  const h = steps.rows(units);
  steps.loadState(h, host.read(inputs.initialState), units);
  const inner = steps.rows(columns);
  const sequence = new Float32Array(batch * count * units);
  const gates = attrs.forGradient ? new Float32Array(batch * count * 4 * units) : undefined;
  for (let step = 0; step < count; step++) {
    const time = steps.time(step);
    for (let row = 0; row < batch; row++) inner.set(recurrentBias, row * gateStride);
    addProduct(h, stride, weights, inner, batch, units, gateStride);
    for (let row = 0; row < batch; row++) {
      const index = row * count + time;
      if (!mask[index]) continue;
      for (let unit = 0; unit < units; unit++) {
        const at = row * stride + unit;
        const from = index * columns + unit;
        const gate = row * gateStride + unit;
        const update = gateActivation(projection[from]! + inner[gate]!);
        const reset = gateActivation(projection[from + units]! + inner[gate + units]!);
        const recurrent = inner[gate + 2 * units]!;
        const candidate = activation(projection[from + 2 * units]! + reset * recurrent);
        h[at] = update * h[at]! + (1 - update) * candidate;
        if (!gates) continue;
        const to = (row * count + step) * 4 * units + unit;
        gates[to] = update;
        gates[to + units] = reset;
        gates[to + 2 * units] = candidate;
        gates[to + 3 * units] = recurrent;
      }
    }
    steps.store(h, sequence, step, units);
  }
  const outputs = [host.write(sequence, [batch, count, units]), host.write(unpadded(h, batch, units), [batch, units])];
  if (gates) outputs.push(host.write(gates, [batch, count, 4 * units]));
  return outputs;
}

/** The gradients of {@link gruResetAfter}. */
export function gruResetAfterGrad(inputs: GruGradInputs<TensorInfo>, attrs: RecurrentAttrs, host: Host): TensorInfo[] {
  const [batch, count, units] = inputs.sequence.shape as [number, number, number];
  const stride = padded(units);
  const columns = 3 * units;
  const gateStride = padded(columns);
  const steps = new Steps(batch, count, attrs.goBackwards);
  const product = new RecurrentProductGrad(host.read(inputs.recurrentKernel), batch, units, columns);
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
  const dInner = steps.rows(columns);
  const dProjection = new Float32Array(batch * count * columns);
  const dRecurrentBias = new Float64Array(columns);
  for (let step = count - 1; step >= 0; step--) {
    const time = steps.time(step);
    steps.add(dh, dSequence, step, units);
    steps.loadBefore(before, sequence, initialState, step, units);
    for (let row = 0; row < batch; row++) {
      if (!mask[row * count + time]) {
        dInner.fill(0, row * gateStride, (row + 1) * gateStride);
        continue;
      }
      for (let unit = 0; unit < units; unit++) {
        const at = row * stride + unit;
        const from = (row * count + step) * 4 * units + unit;
        const update = gates[from]!;
        const reset = gates[from + units]!;
        const candidate = gates[from + 2 * units]!;
        const dUpdate = dh[at]! * (before[at]! - candidate) * gateDerivative(update);
        const dCandidate = dh[at]! * (1 - update) * derivative(candidate);
        const dReset = dCandidate * gates[from + 3 * units]! * gateDerivative(reset);
        const to = (row * count + time) * columns + unit;
        dProjection[to] = dUpdate;
        dProjection[to + units] = dReset;
        dProjection[to + 2 * units] = dCandidate;
        const gate = row * gateStride + unit;
        dInner[gate] = dUpdate;
        dInner[gate + units] = dReset;
        dInner[gate + 2 * units] = dCandidate * reset;
        dh[at] = dh[at]! * update;
      }
      for (let i = 0; i < columns; i++) dRecurrentBias[i] = dRecurrentBias[i]! + dInner[row * gateStride + i]!;
    }
    product.step(before, dInner, dh);
  }
  const dBias = new Float32Array(2 * columns);
  dBias.set(columnSums(dProjection, columns));
  dBias.set(dRecurrentBias, columns);
  return [
    host.write(dProjection, [batch, count, columns]),
    host.write(unpadded(product.dWeights, units, columns), [units, columns]),
    host.write(dBias, [2, columns]),
    host.write(unpadded(dh, batch, units), [batch, units]),
  ];
}
