import { dense } from '@jogak/layers';
import { abs, type HostArray, mean, sub, type Tensor, tensor, train } from '@jogak/ops';
import { sgd } from '@jogak/optimizers';
import * as tfjs from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { type CompileOptions, loadModel, losses, type Model, metrics, sequential } from '../index.js';
import { Memory, twins, values } from './models.testing.js';

const x = values([8, 4]);
const y = values([8, 2], 2);

async function reloaded(model: Model): Promise<Model> {
  const place = new Memory();
  await model.save(place, { includeOptimizer: true });
  return loadModel(place);
}

describe('a model that was saved with its optimizer is judged the same', () => {
  const absolute = (yTrue: Tensor, yPred: Tensor): Tensor => mean(abs(sub(yTrue, yPred)), -1);
  losses.registerLoss(absolute);

  it.each([
    ['names', { loss: 'meanSquaredError', metrics: ['mae', 'mse', 'cosineSimilarity'] }],
    ['objects', { loss: losses.huber({ delta: 0.3 }), metrics: [metrics.meanAbsoluteError({ name: 'error' })] }],
    ['a serialized form', { loss: { className: 'Huber', config: { delta: 0.3 } } }],
    ['a registered function', { loss: absolute }],
  ] as [string, CompileOptions][])('with %s', async (_, options) => {
    const model = sequential({ layers: [dense({ units: 2, inputShape: [4] })] });
    model.compile(options);
    const loaded = await reloaded(model);
    expect(loaded.evaluate(x, y, { returnDict: true })).toEqual(model.evaluate(x, y, { returnDict: true }));
    expect(loaded.optimizer.className).toBe('RMSprop');
  });

  it('with several outputs', async () => {
    const model = twins();
    model.compile({
      optimizer: sgd({ learningRate: 0.25, momentum: 0.5 }),
      loss: { one: 'mse', two: losses.huber({ delta: 0.2 }) },
      lossWeights: { one: 2, two: 0.5 },
      metrics: { two: ['mae'] },
    });
    const given = [
      { left: x, right: values([8, 4], 3) },
      { one: values([8, 1], 4), two: y },
    ] as const;
    const loaded = await reloaded(model);
    expect(loaded.evaluate(...given, { returnDict: true })).toEqual(model.evaluate(...given, { returnDict: true }));
    expect(loaded.optimizer.getConfig()).toEqual(model.optimizer.getConfig());
  });

  it('but not with a function that nobody knows, and not when it is not wanted', async () => {
    const model = sequential({ layers: [dense({ units: 2, inputShape: [4] })] });
    model.compile({ loss: (yTrue: Tensor, yPred: Tensor) => mean(sub(yTrue, yPred), -1) });
    await expect(model.save(new Memory(), { includeOptimizer: true })).rejects.toThrow(
      /a file cannot hold: give the function to registerLoss/,
    );
    const place = new Memory();
    await model.save(place);
    expect((await loadModel(place)).compileOptions).toBeNull();
    model.compile({ loss: 'mse' });
    await model.save(place, { includeOptimizer: true });
    expect((await loadModel(place, { compile: false })).compileOptions).toBeNull();
  });
});

describe('the training of a model of tfjs-layers goes on', () => {
  it.each(['sgd', 'momentum', 'rmsprop', 'adam'] as const)('with %s', async optimizer => {
    const theirs = tfjs.sequential({ layers: [tfjs.layers.dense({ units: 2, inputShape: [4], name: 'd' })] });
    theirs.compile({ optimizer: optimizer === 'momentum' ? momentum() : optimizer, loss: 'meanSquaredError', metrics: ['mse'] });
    await theirs.fit(tensorOf(x), tensorOf(y), { epochs: 3, batchSize: 8, shuffle: false, yieldEvery: 'never' });
    const place = new Memory();
    await theirs.save(place, { includeOptimizer: true });
    const loaded = await loadModel(place);
    expect(loaded.optimizer.iterations).toBe(3);
    await theirs.fit(tensorOf(x), tensorOf(y), { epochs: 1, batchSize: 8, shuffle: false, yieldEvery: 'never' });
    await loaded.fit(x, y, { batchSize: 8, shuffle: false });
    const expected = theirs.getWeights().flatMap(weight => [...weight.dataSync()]);
    const found = loaded.weights.flatMap(weight => [...(weight.read().data as Float32Array)]);
    // Adam's epsilons stand in different places, and RMSProp's beside the root or under it: a difference of 1e-4 at these steps of 1e-3.
    for (const [index, value] of found.entries()) expect(Math.abs(value - (expected[index] as number))).toBeLessThan(1e-4);
  });
});

const momentum = () => train.momentum(0.05, 0.9) as never;
const tensorOf = ({ data, shape }: HostArray): Tensor => tensor(data as Float32Array, [...shape]);
