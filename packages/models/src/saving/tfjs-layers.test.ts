import * as layers from '@jogak/layers';
import { type HostArray, type Tensor, tensor } from '@jogak/ops';
import { adam } from '@jogak/optimizers';
import * as tfjs from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { loadModel, type Model, sequential } from '../index.js';
import { cnn, Memory, nested, predictions, text, twins, values } from './models.testing.js';

const ids = { ...values([2, 5]), data: Float32Array.from([1, 2, 3, 0, 9, 4, 5, 6, 7, 8]) };
const toTensor = ({ data, shape }: HostArray): Tensor => tensor(data as Float32Array, [...shape]);

function tfjsPredictions(model: tfjs.LayersModel, x: HostArray | readonly HostArray[]): number[] {
  const inputs = [x].flat().map(item => toTensor(item as HostArray));
  const outputs = [model.predict(inputs.length === 1 ? (inputs[0] as Tensor) : inputs)].flat() as Tensor[];
  return outputs.flatMap(output => [...output.dataSync()]);
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [index, value] of found.entries()) expect(Math.abs(value - (expected[index] as number))).toBeLessThan(1e-5);
}

describe('tfjs-layers loads what we save, and predicts the same to 1e-5', () => {
  it.each([
    ['convolutions', cnn, values([2, 6, 6, 1])],
    ['sequences', text, ids],
    ['a graph with shared layers', twins, [values([2, 4]), values([2, 4], 2)]],
    ['a model in a model', nested, values([2, 4])],
    [
      'a bidirectional layer',
      () =>
        sequential({
          layers: [layers.bidirectional({ layer: layers.lstm({ units: 2, returnSequences: true }), inputShape: [4, 3], mergeMode: 'sum' })],
        }),
      values([2, 4, 3]),
    ],
    [
      'a dense layer at every step',
      () => sequential({ layers: [layers.timeDistributed({ layer: layers.dense({ units: 3 }), inputShape: [4, 2] })] }),
      values([2, 4, 2]),
    ],
  ] as const)('%s', async (_, make, x) => {
    const built: Model = make();
    const place = new Memory();
    await built.save(place);
    const loaded = await tfjs.loadLayersModel(place);
    expectClose(tfjsPredictions(loaded, x), predictions(built, x));
  });

  it('that was built by its first data', async () => {
    const built = sequential({ layers: [layers.dense({ units: 2 })] });
    const expected = predictions(built, values([3, 4]));
    const place = new Memory();
    await built.save(place);
    expectClose(tfjsPredictions(await tfjs.loadLayersModel(place), values([3, 4])), expected);
  });

  it('with its compilation, and Adam’s state', async () => {
    const built = sequential({ layers: [layers.dense({ units: 2, inputShape: [4], name: 'd' })] });
    built.compile({ optimizer: adam({ learningRate: 0.01 }), loss: 'meanSquaredError', metrics: ['mse'] });
    await built.fit(values([8, 4]), values([8, 2], 2), { epochs: 2, batchSize: 4 });
    const place = new Memory();
    await built.save(place, { includeOptimizer: true });
    const loaded = await tfjs.loadLayersModel(place);
    expect(loaded.loss).toBe('meanSquaredError');
    const state = await loaded.optimizer.getWeights();
    const own = built.optimizer.state();
    expect(state.map(({ name }) => name)).toEqual([
      'iter',
      'adam/d_kernel_momentum',
      'adam/d_bias_momentum',
      'adam/d_kernel_velocity',
      'adam/d_bias_velocity',
    ]);
    for (const { name, tensor: value } of state.slice(1)) expect([...value.dataSync()]).toEqual([...(own.slots[name] as HostArray).data]);
    expect(state[0]?.tensor.dataSync()[0]).toBe(4);
  });
});

/** Its default, orthogonal, wants chained ops, which the whole of TensorFlow.js would register. */
const recurrentInitializer = 'glorotUniform';

/** A model of tfjs-layers, saved. */
async function savedByTfjs(model: tfjs.LayersModel, includeOptimizer = false): Promise<Memory> {
  const place = new Memory();
  await model.save(place, { includeOptimizer });
  return place;
}

describe('we load what tfjs-layers saves, and predict the same to 1e-5', () => {
  it.each([
    [
      'convolutions',
      () =>
        tfjs.sequential({
          layers: [
            tfjs.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [6, 6, 1], activation: 'relu', kernelInitializer: 'heNormal' }),
            tfjs.layers.batchNormalization(),
            tfjs.layers.maxPooling2d({ poolSize: 2 }),
            tfjs.layers.flatten(),
            tfjs.layers.dropout({ rate: 0.25 }),
            tfjs.layers.dense({ units: 3, activation: 'softmax', kernelRegularizer: 'l1l2' }),
          ],
        }),
      values([2, 6, 6, 1]),
    ],
    [
      'sequences, with its default activations',
      () =>
        tfjs.sequential({
          layers: [
            tfjs.layers.embedding({ inputDim: 10, outputDim: 3, inputLength: 5, maskZero: false }),
            tfjs.layers.lstm({ units: 3, returnSequences: true, recurrentInitializer }),
            tfjs.layers.gru({ units: 2, returnSequences: true, recurrentInitializer }),
            tfjs.layers.bidirectional({ layer: tfjs.layers.simpleRNN({ units: 2, recurrentInitializer }) as never, mergeMode: 'concat' }),
            tfjs.layers.dense({ units: 1, activation: 'hardSigmoid' }),
          ],
        }),
      ids,
    ],
    [
      'a graph with shared layers',
      () => {
        const left = tfjs.input({ shape: [4] });
        const right = tfjs.input({ shape: [4] });
        const shared = tfjs.layers.dense({ units: 3, activation: 'tanh' });
        const joined = tfjs.layers
          .concatenate()
          .apply([shared.apply(left) as tfjs.SymbolicTensor, shared.apply(right) as tfjs.SymbolicTensor]) as tfjs.SymbolicTensor;
        const one = tfjs.layers.dense({ units: 1 }).apply(joined) as tfjs.SymbolicTensor;
        const two = tfjs.layers.dense({ units: 2 }).apply(joined) as tfjs.SymbolicTensor;
        return tfjs.model({ inputs: [left, right], outputs: [one, two] });
      },
      [values([2, 4]), values([2, 4], 2)],
    ],
    [
      'a model in a model',
      () =>
        tfjs.sequential({
          layers: [
            tfjs.sequential({ layers: [tfjs.layers.dense({ units: 3, inputShape: [4] })] }),
            tfjs.layers.layerNormalization(),
            tfjs.layers.dense({ units: 1 }),
          ],
        }),
      values([2, 4]),
    ],
  ] as const)('%s', async (_, make, x) => {
    const theirs = make();
    const loaded = await loadModel(await savedByTfjs(theirs));
    expectClose(predictions(loaded, x), tfjsPredictions(theirs, x));
    // What was taken over can be saved again.
    const again = new Memory();
    await loaded.save(again);
    expect(predictions(await loadModel(again), x)).toEqual(predictions(loaded, x));
  });
});
