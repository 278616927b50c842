import { existsSync, readFileSync } from 'node:fs';
import { type HostArray, type Json, memory, type Tensor, tensor, tidy } from '@jogak/ops';
import { expect } from 'vitest';
import type { CallContext, Mask } from '../base/call-context.js';
import type { Layer } from '../base/layer.js';
import { expectClose } from './close.testing.js';
import { asInputs, listOf, tapeGradients } from './gradients.testing.js';

interface Values {
  shape: number[];
  values: number[];
  dtype?: 'float32' | 'int32' | 'bool';
}

/** One call of a Keras layer, as `tools/golden/layer_golden.py` records it. */
interface GoldenCase {
  className: string;
  config: { [key: string]: Json };
  takesList: boolean;
  inputs: Values[];
  mask: (Values | null)[] | null;
  initialState?: Values[];
  training: boolean;
  weights: (Values & { path: string })[];
  outputs: Values[];
  outputMask: (Values | null)[] | null;
  inputGradients: (number[] | null)[];
  weightGradients: number[][];
  updates: Record<string, number[]>;
}

/** The cases of every file there is, by name: `conv2d/same`. */
const cases: Record<string, GoldenCase> = {};
for (const file of ['layers.json', 'recurrent_layers.json']) {
  const url = new URL(`../../../../tools/golden/${file}`, import.meta.url);
  if (existsSync(url)) Object.assign(cases, JSON.parse(readFileSync(url, 'utf8')));
}

const tolerance = 1e-5;

const toTensor = ({ shape, values, dtype = 'float32' }: Values): Tensor => tensor(values, shape, dtype);

/** Words in Keras' spelling and ours are one: `channels_last`, `channelsLast`. */
function camelCased(value: Json): Json {
  if (typeof value === 'string') return value.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, camelCased(inner)]));
  return value;
}

/** What a layer is expected to do. */
export interface LayerExpectation {
  /** That the layer, its config and a call of it are Keras': outputs, mask, gradients of inputs and weights, changes of other weights. */
  toMatchGolden(name: string): void;
}

/** Expectations of a layer that is not built yet. It is disposed of. */
export function expectLayer(layer: Layer): LayerExpectation {
  return {
    toMatchGolden(name) {
      const golden = cases[name];
      if (!golden) throw new Error(`there is no golden case "${name}"; there are: ${Object.keys(cases).join(', ')}`);
      const before = memory().numTensors;
      expect(layer.getClassName()).toBe(golden.className);
      expect(camelCased(layer.getConfig()), 'config').toMatchObject(camelCased(golden.config) as object);
      tidy(() => compareCall(layer, golden));
      layer.dispose();
      expect(memory().numTensors, 'tensors').toBe(before);
    },
  };
}

function compareCall(layer: Layer, golden: GoldenCase): void {
  const inputs = golden.inputs.map(toTensor);
  const masks = golden.mask?.map(mask => mask && toTensor(mask)) ?? null;
  const context: CallContext = {
    training: golden.training,
    mask: masks && (golden.takesList ? masks : (masks[0] as Mask)),
    ...(golden.initialState ? { initialState: golden.initialState.map(toTensor) } : {}),
    step: 0,
  };
  layer.ensureBuilt(golden.takesList ? inputs.map(input => input.shape) : (inputs[0] as Tensor).shape);
  expect(layer.weights.map(weight => [weight.name, weight.shape])).toEqual(
    golden.weights.map(({ path, shape }) => [path.slice(path.lastIndexOf('/') + 1), shape]),
  );
  const setWeights = (): void =>
    layer.setWeights(golden.weights.map(({ values, shape }): HostArray => ({ data: Float32Array.from(values), shape, dtype: 'float32' })));

  setWeights();
  const outputs = listOf(layer.invoke(asInputs(inputs, golden.takesList), context));
  for (const [index, expected] of golden.outputs.entries()) {
    const output = outputs[index] as Tensor;
    expect(output.shape, `shape of output ${index}`).toEqual(expected.shape);
    expectClose(output.dataSync(), expected.values, tolerance, `output ${index}`);
  }
  expect(outputs.length).toBe(golden.outputs.length);
  for (const weight of layer.nonTrainableWeights) {
    const expected = golden.updates[weight.name];
    if (expected) expectClose(weight.value.dataSync(), expected, tolerance, `weight ${weight.path} after the call`);
  }
  compareMask(layer.computeMask(asInputs(inputs, golden.takesList), context.mask), golden.outputMask);

  setWeights();
  const gradients = tapeGradients(layer, inputs, golden.takesList, context);
  for (const [index, expected] of golden.inputGradients.entries()) {
    if (expected) expectClose(gradients.inputs[index] ?? expected.map(() => 0), expected, tolerance, `gradient of input ${index}`);
  }
  for (const [index, expected] of golden.weightGradients.entries()) {
    const { path } = layer.trainableWeights[index] as { path: string };
    expectClose(gradients.weights[index] ?? expected.map(() => 0), expected, tolerance, `gradient of ${path}`);
  }
  expect(gradients.weights.length).toBe(golden.weightGradients.length);
}

function compareMask(actual: Mask | readonly Mask[], expected: (Values | null)[] | null): void {
  const masks = listOf(actual as Mask);
  if (!expected || expected.every(mask => mask === null)) {
    expect(masks.every(mask => mask === null)).toBe(true);
    return;
  }
  for (const [index, mask] of expected.entries()) {
    const got = masks[index] ?? null;
    expect(got && { shape: got.shape, values: Array.from(got.dataSync(), Number) }, `mask ${index}`).toEqual(
      mask && { shape: mask.shape, values: mask.values },
    );
  }
}
