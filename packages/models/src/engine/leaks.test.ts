import type { Layer } from '@jogak/layers';
import * as layers from '@jogak/layers';
import { hostArray, memory, normalValues, randomKey, uniformValues } from '@jogak/ops';
import { getOptimizer } from '@jogak/optimizers';
import { describe, expect, it } from 'vitest';
import * as losses from '../losses/index.js';
import { Loss } from '../losses/index.js';
import { model as functional } from './functional.js';
import type { Model } from './model.js';
import { type Sequential, sequential } from './sequential.js';

const samples = 6;
const image: [number, number, number] = [4, 4, 2];
const sequence: [number, number] = [4, 3];

/** A layer of every kind, and the shape of what it is given. */
const made: Record<string, [shape: number[], make: () => Layer]> = {
  activation: [sequence, () => layers.activation({ activation: 'tanh' })],
  averagePooling1d: [sequence, () => layers.averagePooling1d({ poolSize: 2 })],
  averagePooling2d: [image, () => layers.averagePooling2d({ poolSize: 2 })],
  batchNormalization: [image, () => layers.batchNormalization()],
  bidirectional: [sequence, () => layers.bidirectional({ layer: layers.gru({ units: 2 }) })],
  conv1d: [sequence, () => layers.conv1d({ filters: 2, kernelSize: 2, padding: 'causal' })],
  conv2d: [image, () => layers.conv2d({ filters: 2, kernelSize: 3, dilationRate: 1 })],
  dense: [sequence, () => layers.dense({ units: 2 })],
  dropout: [sequence, () => layers.dropout({ rate: 0.5 })],
  elu: [sequence, () => layers.elu()],
  embedding: [[4], () => layers.embedding({ inputDim: 5, outputDim: 2, inputLength: 4 })],
  flatten: [image, () => layers.flatten()],
  globalAveragePooling1d: [sequence, () => layers.globalAveragePooling1d()],
  globalAveragePooling2d: [image, () => layers.globalAveragePooling2d()],
  globalMaxPooling1d: [sequence, () => layers.globalMaxPooling1d()],
  globalMaxPooling2d: [image, () => layers.globalMaxPooling2d()],
  gru: [sequence, () => layers.gru({ units: 2 })],
  lambda: [sequence, () => layers.lambda({ function: x => x as never })],
  layerNormalization: [sequence, () => layers.layerNormalization()],
  leakyReLU: [sequence, () => layers.leakyReLU()],
  lstm: [sequence, () => layers.lstm({ units: 2, dropout: 0.2, recurrentDropout: 0.2 })],
  masking: [sequence, () => layers.masking()],
  maxPooling1d: [sequence, () => layers.maxPooling1d({ poolSize: 2 })],
  maxPooling2d: [image, () => layers.maxPooling2d({ poolSize: 2 })],
  permute: [sequence, () => layers.permute({ dims: [2, 1] })],
  prelu: [sequence, () => layers.prelu()],
  reLU: [sequence, () => layers.reLU()],
  repeatVector: [[3], () => layers.repeatVector({ n: 2 })],
  rescaling: [image, () => layers.rescaling({ scale: 0.5 })],
  reshape: [image, () => layers.reshape({ targetShape: [8, 4] })],
  rnn: [sequence, () => layers.rnn({ cell: layers.simpleRNNCell({ units: 2 }) })],
  simpleRNN: [sequence, () => layers.simpleRNN({ units: 2 })],
  softmax: [sequence, () => layers.softmax()],
  spatialDropout1d: [sequence, () => layers.spatialDropout1d({ rate: 0.5 })],
  timeDistributed: [sequence, () => layers.timeDistributed({ layer: layers.dense({ units: 2 }) })],
};
const { add, average, concatenate, maximum, minimum, multiply, subtract } = layers;
const merged = { add, average, concatenate, maximum, minimum, multiply, subtract };
/** Parts of other layers, and functions that make none. */
const noLayers = [
  'hasOwnMethods',
  'isBuiltIn',
  'activationOption',
  'checkShape',
  'clearSession',
  'deserializeLayer',
  'gruCell',
  'input',
  'isSerialized',
  'isShape',
  'lstmCell',
  'onlyMask',
  'registerLayer',
  'showShape',
  'simpleRNNCell',
  'stackedRNNCells',
];

const inputs = (shape: readonly number[]) =>
  hostArray(
    uniformValues(randomKey(1, 'x'), [samples, ...shape]).map(value => Math.floor(4 * value)),
    [samples, ...shape],
  );
const y = hostArray(normalValues(randomKey(1, 'y'), [samples, 1]), [samples, 1]);

/** How many tensors the second of two trainings, judgements and predictions leave behind. */
async function leftBehind(model: Model, x: ReturnType<typeof inputs> | ReturnType<typeof inputs>[], targets = y): Promise<number> {
  const use = async () => {
    await model.fit(x, targets, { batchSize: 4, epochs: 1, validationData: [x, targets] });
    model.evaluate(x, targets, { returnDict: true });
    for (const output of [model.predict(x)].flat()) output.dispose();
  };
  await use();
  const before = memory().numTensors;
  await use();
  const left = memory().numTensors - before;
  model.dispose();
  return left;
}

function regression(head: Layer[], compile: object): Sequential {
  const model = sequential({ layers: [...head, layers.flatten(), layers.dense({ units: 1 })] });
  model.compile({ optimizer: 'sgd', loss: 'mse', metrics: ['mae'], ...compile } as never);
  return model;
}

describe('fit twice in a row leaves as many tensors as once', () => {
  it('has a layer of every kind', () => {
    const factories = Object.entries(layers)
      .filter(([name, value]) => typeof value === 'function' && /^[a-z]/.test(name))
      .map(([name]) => name);
    expect(factories.filter(name => !noLayers.includes(name) && !(name in merged)).sort()).toEqual(Object.keys(made).sort());
  });

  it.each(Object.entries(made))('with %s', async (_, [shape, make]) => {
    const model = regression([make()], {});
    expect(await leftBehind(model, inputs(shape))).toBe(0);
  });

  it.each(Object.entries(merged))('with %s', async (_, merge) => {
    const [a, b] = [layers.input({ shape: [3] }), layers.input({ shape: [3] })];
    const sum = merge().apply([layers.dense({ units: 2 }).apply(a), layers.dense({ units: 2 }).apply(b)]);
    const model = functional({ inputs: [a, b], outputs: layers.dense({ units: 1 }).apply(sum) });
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    expect(await leftBehind(model, [inputs([3]), inputs([3])])).toBe(0);
  });

  const lossClasses = Object.entries(losses).filter(
    ([, value]) => typeof value === 'function' && value.prototype instanceof Loss && !/^(FittedLoss|FunctionLoss)$/.test(value.name),
  );
  it.each(lossClasses)('with the loss %s', async name => {
    const classes = /Categorical/.test(name) ? 3 : 1;
    const model = sequential({
      layers: [layers.dense({ units: classes, activation: classes > 1 ? 'softmax' : 'sigmoid', inputShape: [3] })],
    });
    model.compile({ optimizer: 'sgd', loss: name });
    const whole = /^Sparse/.test(name) ? [samples] : [samples, classes];
    const targets = hostArray(
      new Float32Array(whole.reduce((product, size) => product * size, 1)).map((_, i) => (i % classes === 0 ? 1 : 0)),
      whole,
    );
    expect(await leftBehind(model, inputs([3]), targets)).toBe(0);
  });

  it.each(['sgd', 'rmsprop', 'adam', 'adamw', 'adagrad'] as const)('with the optimizer %s', async name => {
    const options = { globalClipnorm: 1, useEma: true, ...(name === 'sgd' ? { momentum: 0.9 } : {}) };
    expect(await leftBehind(regression([], { optimizer: getOptimizer({ className: name, config: options }) }), inputs([3]))).toBe(0);
  });
});
