import type { TensorInfo } from '@tensorflow/tfjs-core';
import { LSTM, LSTM_GRAD, type LstmGradInputs, type LstmInputs, type RecurrentAttrs } from '../kernel-contract.js';
import { derivativeFromOutput, scalarActivation } from './gate-activation.js';
import { inputProjection } from './input-projection.js';
import { addProduct, columnSums, padded, paddedRows, unpadded } from './product.js';
import { RecurrentProductGrad } from './recurrent-product-grad.js';
import { registerCpuKernel } from './register.js';
import { Steps } from './steps.js';

registerCpuKernel<LstmInputs<TensorInfo>, RecurrentAttrs>(LSTM, (inputs, attrs, host) => {
  const [batch, count] = inputs.x.shape as [number, number];
  const units = inputs.recurrentKernel.shape[0]!;
  const stride = padded(units);
  const columns = 4 * units;
  const steps = new Steps(batch, count, attrs.goBackwards);
  const projection = inputProjection(host.readInput(inputs.x), host.read(inputs.kernel), host.read(inputs.bias), batch * count, columns);
  const weights = paddedRows(host.read(inputs.recurrentKernel), units, columns);
  const mask = host.readMask(inputs.mask, batch * count);
  const activation = scalarActivation(attrs.activation);
  const gateActivation = scalarActivation(attrs.recurrentActivation!);

  const h = steps.rows(units);
  const c = steps.rows(units);
  steps.loadState(h, host.read(inputs.initialState), units);
  steps.loadState(c, host.read(inputs.initialCell), units);
  const z = steps.rows(columns);
  const sequence = new Float32Array(batch * count * units);
  const cells = attrs.forGradient ? new Float32Array(sequence.length) : undefined;
  const gates = attrs.forGradient ? new Float32Array(projection.length) : undefined;
  for (let step = 0; step < count; step++) {
    const time = steps.time(step);
    steps.load(z, projection, time, columns);
    addProduct(h, stride, weights, z, batch, units, columns);
    for (let row = 0; row < batch; row++) {
      if (!mask[row * count + time]) continue;
      for (let unit = 0; unit < units; unit++) {
        const at = row * stride + unit;
        const gate = row * columns + unit;
        const input = gateActivation(z[gate]!);
        const forget = gateActivation(z[gate + units]!);
        const candidate = activation(z[gate + 2 * units]!);
        const output = gateActivation(z[gate + 3 * units]!);
        const cell = forget * c[at]! + input * candidate;
        c[at] = cell;
        h[at] = output * activation(cell);
        if (!gates) continue;
        const to = (row * count + step) * columns + unit;
        gates[to] = input;
        gates[to + units] = forget;
        gates[to + 2 * units] = candidate;
        gates[to + 3 * units] = output;
      }
    }
    steps.store(h, sequence, step, units);
    if (cells) steps.store(c, cells, step, units);
  }
  const outputs = [
    host.write(sequence, [batch, count, units]),
    host.write(unpadded(h, batch, units), [batch, units]),
    host.write(unpadded(c, batch, units), [batch, units]),
  ];
  if (gates && cells) outputs.push(host.write(gates, [batch, count, columns]), host.write(cells, [batch, count, units]));
  return outputs;
});

registerCpuKernel<LstmGradInputs<TensorInfo>, RecurrentAttrs>(LSTM_GRAD, (inputs, attrs, host) => {
  const [batch, count, units] = inputs.sequence.shape as [number, number, number];
  const stride = padded(units);
  const columns = 4 * units;
  const steps = new Steps(batch, count, attrs.goBackwards);
  const product = new RecurrentProductGrad(host.read(inputs.recurrentKernel), batch, units, columns);
  const sequence = host.read(inputs.sequence);
  const cells = host.read(inputs.cells);
  const gates = host.read(inputs.gates);
  const initialState = host.read(inputs.initialState);
  const initialCell = host.read(inputs.initialCell);
  const dSequence = host.readOrZeros(inputs.dSequence, batch * count * units);
  const mask = host.readMask(inputs.mask, batch * count);
  const activation = scalarActivation(attrs.activation);
  const derivative = derivativeFromOutput(attrs.activation);
  const gateDerivative = derivativeFromOutput(attrs.recurrentActivation!);

  const dh = steps.rows(units);
  const dc = steps.rows(units);
  steps.loadState(dh, host.readOrZeros(inputs.dState, batch * units), units);
  steps.loadState(dc, host.readOrZeros(inputs.dCell, batch * units), units);
  const hBefore = steps.rows(units);
  const cBefore = steps.rows(units);
  const dz = steps.rows(columns);
  const dProjection = new Float32Array(gates.length);
  for (let step = count - 1; step >= 0; step--) {
    const time = steps.time(step);
    steps.add(dh, dSequence, step, units);
    steps.loadBefore(hBefore, sequence, initialState, step, units);
    steps.loadBefore(cBefore, cells, initialCell, step, units);
    for (let row = 0; row < batch; row++) {
      if (!mask[row * count + time]) {
        dz.fill(0, row * columns, (row + 1) * columns);
        continue;
      }
      for (let unit = 0; unit < units; unit++) {
        const at = row * stride + unit;
        const from = (row * count + step) * columns + unit;
        const input = gates[from]!;
        const forget = gates[from + units]!;
        const candidate = gates[from + 2 * units]!;
        const output = gates[from + 3 * units]!;
        const activated = activation(cells[(row * count + step) * units + unit]!);
        const dCell = dc[at]! + dh[at]! * output * derivative(activated);
        const gate = row * columns + unit;
        dz[gate] = dCell * candidate * gateDerivative(input);
        dz[gate + units] = dCell * cBefore[at]! * gateDerivative(forget);
        dz[gate + 2 * units] = dCell * input * derivative(candidate);
        dz[gate + 3 * units] = dh[at]! * activated * gateDerivative(output);
        dc[at] = dCell * forget;
        dh[at] = 0;
      }
    }
    product.step(hBefore, dz, dh);
    steps.store(dz, dProjection, time, columns);
  }
  return [
    host.write(dProjection, [batch, count, columns]),
    host.write(unpadded(product.dWeights, units, columns), [units, columns]),
    host.write(columnSums(dProjection, columns), [columns]),
    host.write(unpadded(dh, batch, units), [batch, units]),
    host.write(unpadded(dc, batch, units), [batch, units]),
  ];
});
