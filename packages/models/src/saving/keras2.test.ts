import { ConfigError, type HostArray, type io, sizeOf, type Tensor, tensor } from '@jogak/ops';
import * as tfjs from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../index.js';
import { predictions, values } from './models.testing.js';

const initializers = {
  kernel_initializer: { class_name: 'GlorotUniform', config: { seed: null, dtype: 'float32' } },
  bias_initializer: { class_name: 'Zeros', config: { dtype: 'float32' } },
};
const none = {
  kernel_regularizer: null,
  bias_regularizer: null,
  activity_regularizer: null,
  kernel_constraint: null,
  bias_constraint: null,
};
const base = (name: string) => ({ name, trainable: true, dtype: 'float32' });
const input = (name: string, shape: number[]) => ({
  class_name: 'InputLayer',
  config: { batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false, ragged: false, name },
});
const dense = (name: string, units: number, activation: string) => ({
  class_name: 'Dense',
  config: { ...base(name), units, activation, use_bias: true, ...initializers, ...none },
});

/** Artifacts as the converter makes them of a model of Keras 2 in HDF5: the spelling of its configs, by hand. */
function converted(config: object, className: string, weights: Record<string, number[]>): { load(): Promise<io.ModelArtifacts> } {
  const arrays = Object.entries(weights).map(([name, shape], index) => ({ name, ...values(shape, index) }));
  const data = new Float32Array(arrays.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
  let offset = 0;
  for (const { data: part } of arrays) {
    data.set(part as Float32Array, offset);
    offset += part.length;
  }
  const modelTopology = {
    keras_version: '2.13.1',
    backend: 'tensorflow',
    model_config: { class_name: className, config },
    training_config: { loss: 'mse', metrics: null, optimizer_config: { class_name: 'Custom>Adam', config: {} } },
  };
  const weightSpecs = arrays.map(({ name, shape }) => ({ name, shape: [...shape], dtype: 'float32' as const }));
  return { load: async () => structuredClone({ modelTopology, weightSpecs, weightData: data.buffer }) };
}

async function expectSame(source: { load(): Promise<io.ModelArtifacts> }, x: HostArray): Promise<void> {
  const theirs = await tfjs.loadLayersModel(source);
  const expected = [...(theirs.predict(tensor(x.data as Float32Array, [...x.shape])) as Tensor).dataSync()];
  const found = predictions(await loadModel(source), x);
  expect(found).toHaveLength(expected.length);
  for (const [index, value] of found.entries()) expect(Math.abs(value - (expected[index] as number))).toBeLessThan(1e-5);
}

describe('a model that was converted from Keras 2 predicts as in tfjs-layers, to 1e-5', () => {
  it('with convolution and normalization', async () => {
    const conv = {
      ...{ ...base('conv2d'), filters: 2, kernel_size: [3, 3], strides: [1, 1], padding: 'valid', data_format: 'channels_last' },
      ...{ dilation_rate: [1, 1], groups: 1, activation: 'relu', use_bias: true, ...initializers, ...none },
    };
    const zeros = { class_name: 'Zeros', config: {} };
    const ones = { class_name: 'Ones', config: {} };
    const normalization = {
      ...{ ...base('bn'), axis: [3], momentum: 0.99, epsilon: 0.001, center: true, scale: true },
      ...{ beta_initializer: zeros, gamma_initializer: ones, moving_mean_initializer: zeros, moving_variance_initializer: ones },
      ...{ beta_regularizer: null, gamma_regularizer: null, beta_constraint: null, gamma_constraint: null },
    };
    const pool = { ...base('pool'), pool_size: [2, 2], padding: 'valid', strides: [2, 2], data_format: 'channels_last' };
    const layers = [
      input('conv2d_input', [6, 6, 1]),
      { class_name: 'Conv2D', config: conv },
      { class_name: 'BatchNormalization', config: normalization },
      { class_name: 'MaxPooling2D', config: pool },
      { class_name: 'Flatten', config: { ...base('flatten'), data_format: 'channels_last' } },
      { class_name: 'Dropout', config: { ...base('dropout'), rate: 0.5, noise_shape: null, seed: null } },
      dense('dense', 3, 'hard_sigmoid'),
    ];
    const weights = {
      'conv2d/kernel': [3, 3, 1, 2],
      'conv2d/bias': [2],
      'bn/gamma': [2],
      'bn/beta': [2],
      'bn/moving_mean': [2],
      'dense/kernel': [8, 3],
      'dense/bias': [3],
    };
    const source = converted({ name: 'sequential', layers }, 'Sequential', weights);
    const { load } = source;
    source.load = async () => {
      const artifacts = await load();
      // A variance is positive.
      artifacts.weightSpecs?.push({ name: 'bn/moving_variance', shape: [2], dtype: 'float32' });
      const data = [...new Float32Array(artifacts.weightData as ArrayBuffer), 0.5, 2];
      return { ...artifacts, weightData: Float32Array.from(data).buffer };
    };
    await expectSame(source, values([2, 6, 6, 1]));
  });

  it('with a graph, whose cells’ names stand in those of the weights', async () => {
    const recurrent = {
      ...{ ...base('lstm'), return_sequences: false, return_state: false, go_backwards: false, stateful: false, unroll: false },
      ...{ time_major: false, units: 2, activation: 'tanh', recurrent_activation: 'sigmoid', use_bias: true, unit_forget_bias: true },
      ...{ ...initializers, ...none, recurrent_initializer: { class_name: 'Zeros', config: {} }, recurrent_regularizer: null },
      ...{ recurrent_constraint: null, dropout: 0, recurrent_dropout: 0, implementation: 2 },
    };
    const layers = [
      { ...input('x', [4, 3]), name: 'x', inbound_nodes: [] },
      { class_name: 'LSTM', config: recurrent, name: 'lstm', inbound_nodes: [[['x', 0, 0, {}]]] },
      { ...dense('head_one', 1, 'linear'), name: 'head_one', inbound_nodes: [[['lstm', 0, 0, {}]]] },
    ];
    const config = { name: 'model_1', trainable: true, layers, input_layers: [['x', 0, 0]], output_layers: [['head_one', 0, 0]] };
    const weights = {
      'lstm/lstm_cell/kernel': [3, 8],
      'lstm/lstm_cell/recurrent_kernel': [2, 8],
      'lstm/lstm_cell/bias': [8],
      'head_one/kernel': [2, 1],
      'head_one/bias': [1],
    };
    await expectSame(converted(config, 'Functional', weights), values([2, 4, 3]));
    await expectSame(converted(config, 'Model', weights), values([2, 4, 3]));
  });
});

describe('a model of Keras 2', () => {
  it('says what is not supported', async () => {
    const layers = [{ class_name: 'InputLayer', config: { batch_input_shape: [null, 3], dtype: 'float32', sparse: true, name: 'x' } }];
    await expect(loadModel(converted({ name: 's', layers }, 'Sequential', {}))).rejects.toThrow(
      new ConfigError('the layer "x" is saved with sparse: true, which is not supported', { code: 'unsupported' }),
    );
  });
});
