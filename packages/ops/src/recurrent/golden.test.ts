import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as tf from '../index.js';
import { onPlainBackend } from './plain-backend.testing.js';

/** One case of tools/golden/recurrent.py. */
interface GoldenCase {
  name: string;
  cell: 'simpleRnn' | 'lstm' | 'gru';
  options: Record<string, string | boolean>;
  mask: number[][] | null;
  shapes: Record<string, number[]>;
  inputs: Record<string, number[]>;
  weights: Record<string, number[]>;
  outputs: Record<string, number[]>;
  gradients: Record<string, number[]>;
}

const cases: GoldenCase[] = JSON.parse(readFileSync(new URL('../../../../tools/golden/recurrent.json', import.meta.url), 'utf8'));
const OPS = { simpleRnn: tf.simpleRnn, lstm: tf.lstm, gru: tf.gru };
const STATES = { simpleRnn: ['h'], lstm: ['h', 'c'], gru: ['h'] };

function run({ cell, options, mask }: GoldenCase, inputs: Record<string, tf.Tensor>): Record<string, tf.Tensor> {
  const { x, kernel, recurrentKernel, bias } = inputs as Record<'x' | 'kernel' | 'recurrentKernel' | 'bias', tf.Tensor>;
  const initialState = STATES[cell].flatMap(state => inputs[state] ?? []);
  const { sequence, states } = OPS[cell]({
    ...options,
    x,
    kernel,
    recurrentKernel,
    bias,
    initialState: initialState.length ? initialState : undefined,
    mask: mask ? tf.tensor2d(mask, undefined, 'bool') : undefined,
  });
  return { sequence, ...Object.fromEntries(STATES[cell].map((state, i) => [state, states[i]!])) };
}

/** Outputs and gradients of a case, by name. */
function evaluate(golden: GoldenCase): { outputs: Record<string, Float32Array>; gradients: Record<string, Float32Array> } {
  return tf.tidy(() => {
    const names = Object.keys(golden.inputs);
    const tensors = names.map(name => tf.tensor(golden.inputs[name]!, golden.shapes[name]!));
    const named = (list: tf.Tensor[]) => Object.fromEntries(list.map((tensor, i) => [names[i]!, tensor]));
    const loss = (...list: tf.Tensor[]) => {
      const outputs = run(golden, named(list));
      const terms = Object.keys(outputs).map(key => tf.sum(tf.mul(outputs[key]!, tf.tensor(golden.weights[key]!, outputs[key]!.shape))));
      return tf.addN(terms) as tf.Scalar;
    };
    const values = (record: Record<string, tf.Tensor>) =>
      Object.fromEntries(Object.entries(record).map(([key, tensor]) => [key, tensor.dataSync() as Float32Array]));
    return { outputs: values(run(golden, named(tensors))), gradients: values(named(tf.grads(loss)(tensors))) };
  });
}

function expectClose(actual: Record<string, Float32Array>, expected: Record<string, number[]>): void {
  for (const [name, values] of Object.entries(expected)) {
    expect(actual[name]!.length).toBe(values.length);
    const worst = Math.max(...values.map((value, i) => Math.abs(value - actual[name]![i]!)));
    expect(worst, name).toBeLessThan(1e-5);
  }
}

describe.each(cases)('$name', golden => {
  it('has the outputs and gradients of Keras', () => {
    const { outputs, gradients } = evaluate(golden);
    expectClose(outputs, golden.outputs);
    expectClose(gradients, golden.gradients);
  });

  it('has them when composed, on a backend without the kernels', async () => {
    const { outputs, gradients } = await onPlainBackend(() => evaluate(golden));
    expectClose(outputs, golden.outputs);
    expectClose(gradients, golden.gradients);
  });
});
