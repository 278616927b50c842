import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type RecurrentAttrs, SIMPLE_RNN, SIMPLE_RNN_GRAD, type SimpleRnnGradInputs, type SimpleRnnInputs } from '../kernel-contract.js';
import { derivativeFromOutput, scalarActivation } from './gate-activation.js';
import { inputProjection } from './input-projection.js';
import { addProduct, columnSums, padded, paddedRows, unpadded } from './product.js';
import { RecurrentProductGrad } from './recurrent-product-grad.js';
import { registerCpuKernel } from './register.js';
import { Steps } from './steps.js';

registerCpuKernel<SimpleRnnInputs<TensorInfo>, RecurrentAttrs>(SIMPLE_RNN, (inputs, attrs, host) => {
  const [batch, count] = inputs.x.shape as [number, number];
  const units = inputs.recurrentKernel.shape[0]!;
  const stride = padded(units);
  const steps = new Steps(batch, count, attrs.goBackwards);
  const projection = inputProjection(host.readInput(inputs.x), host.read(inputs.kernel), host.read(inputs.bias), batch * count, units);
  const weights = paddedRows(host.read(inputs.recurrentKernel), units, units);
  const mask = host.readMask(inputs.mask, batch * count);
  const activation = scalarActivation(attrs.activation);

  const state = steps.rows(units);
  steps.loadState(state, host.read(inputs.initialState), units);
  const z = steps.rows(units);
  const sequence = new Float32Array(batch * count * units);
  for (let step = 0; step < count; step++) {
    const time = steps.time(step);
    steps.load(z, projection, time, units);
    addProduct(state, stride, weights, z, batch, units, stride);
    for (let row = 0; row < batch; row++) {
      if (!mask[row * count + time]) continue;
      const from = row * stride;
      for (let at = from; at < from + units; at++) state[at] = activation(z[at]!);
    }
    steps.store(state, sequence, step, units);
  }
  return [host.write(sequence, [batch, count, units]), host.write(unpadded(state, batch, units), [batch, units])];
});

registerCpuKernel<SimpleRnnGradInputs<TensorInfo>, RecurrentAttrs>(SIMPLE_RNN_GRAD, (inputs, attrs, host) => {
  const [batch, count, units] = inputs.sequence.shape as [number, number, number];
  const stride = padded(units);
  const steps = new Steps(batch, count, attrs.goBackwards);
  const product = new RecurrentProductGrad(host.read(inputs.recurrentKernel), batch, units, units);
  const sequence = host.read(inputs.sequence);
  const initialState = host.read(inputs.initialState);
  const dSequence = host.readOrZeros(inputs.dSequence, batch * count * units);
  const mask = host.readMask(inputs.mask, batch * count);
  const derivative = derivativeFromOutput(attrs.activation);

  const dState = steps.rows(units);
  steps.loadState(dState, host.readOrZeros(inputs.dState, batch * units), units);
  const state = steps.rows(units);
  const dz = steps.rows(units);
  const dProjection = new Float32Array(batch * count * units);
  for (let step = count - 1; step >= 0; step--) {
    const time = steps.time(step);
    steps.add(dState, dSequence, step, units);
    for (let row = 0; row < batch; row++) {
      const at = row * stride;
      if (!mask[row * count + time]) {
        dz.fill(0, at, at + units);
        continue;
      }
      const output = (row * count + step) * units;
      for (let unit = 0; unit < units; unit++) {
        dz[at + unit] = dState[at + unit]! * derivative(sequence[output + unit]!);
        dState[at + unit] = 0;
      }
    }
    steps.loadBefore(state, sequence, initialState, step, units);
    product.step(state, dz, dState);
    steps.store(dz, dProjection, time, units);
  }
  return [
    host.write(dProjection, [batch, count, units]),
    host.write(unpadded(product.dWeights, units, units), [units, units]),
    host.write(columnSums(dProjection, units), [units]),
    host.write(unpadded(dState, batch, units), [batch, units]),
  ];
});
