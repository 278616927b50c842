import * as layers from '@jogak/layers';
import { ConfigError, FormatError, getRandomSeed, memory, setRandomSeed } from '@jogak/ops';
import { adam, adamw, exponentialDecay, rmsprop, sgd } from '@jogak/optimizers';
import { describe, expect, it } from 'vitest';
import { callbacks as callbackKinds, loadCheckpoint, loadModel, type Model, saveCheckpoint, sequential } from '../index.js';
import { Memory, values } from './models.testing.js';

const x = values([24, 4]);
const y = values([24, 2], 2);
const data = { batchSize: 5, validationSplit: 0.25 };
const weightsOf = (model: Model): number[][] => model.weights.map(weight => [...(weight.read().data as Float32Array)]);

/** With dropout and a shuffled order, so that whatever is not gone on with shows. */
function network(): Model {
  layers.clearSession();
  setRandomSeed(3);
  return sequential({
    name: 'network',
    layers: [
      layers.dense({ units: 6, inputShape: [4], activation: 'tanh' }),
      layers.dropout({ rate: 0.4 }),
      layers.batchNormalization(),
      layers.dense({ units: 2 }),
    ],
  });
}

const optimizers = {
  sgd: () => sgd({ learningRate: 0.05 }),
  momentum: () => sgd({ learningRate: 0.05, momentum: 0.9, nesterov: true }),
  rmsprop: () => rmsprop({ learningRate: 0.01, centered: true, momentum: 0.5 }),
  adam: () => adam({ learningRate: exponentialDecay({ initialLearningRate: 0.05, decaySteps: 4, decayRate: 0.9 }), amsgrad: true }),
  adamw: () => adamw({ learningRate: 0.02, useEma: true, emaOverwriteFrequency: 3, clipnorm: 1 }),
};

describe('training that goes on from a file equals training that was never broken off, bit for bit', () => {
  // AdamW's weights become their averages when fit ends, after four epochs already: that takes a checkpoint.
  it.each(Object.entries(optimizers).filter(([name]) => name !== 'adamw'))('%s', async (_, optimizer) => {
    const compile = { loss: 'meanSquaredError', metrics: ['mae'] };
    const unbroken = network();
    unbroken.compile({ optimizer: optimizer(), ...compile });
    const whole = await unbroken.fit(x, y, { ...data, epochs: 10 });

    const first = network();
    first.compile({ optimizer: optimizer(), ...compile });
    await first.fit(x, y, { ...data, epochs: 4 });
    const place = new Memory();
    await first.save(place, { includeOptimizer: true });
    const before = memory().numTensors;
    const second = await loadModel(place);
    expect(second.optimizer.getConfig()).toEqual(first.optimizer.getConfig());
    const rest = await second.fit(x, y, { ...data, epochs: 10, initialEpoch: 4 });
    expect(weightsOf(second)).toEqual(weightsOf(unbroken));
    expect(rest.history).toEqual(Object.fromEntries(Object.entries(whole.history).map(([key, list]) => [key, list.slice(4)])));
    second.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('a checkpoint', () => {
  const plateau = () => callbackKinds.reduceLROnPlateau({ monitor: 'loss', patience: 1, minDelta: 0.01, factor: 0.7, cooldown: 1 });
  const stopping = () => callbackKinds.earlyStopping({ monitor: 'val_loss', patience: 4, restoreBestWeights: true });

  it.each(Object.entries(optimizers).filter(([name]) => name !== 'adam'))(
    'of weights, %s, callbacks, history and seed goes on as if nothing had been',
    async (_, optimizer) => {
      const compile = { loss: 'meanSquaredError', metrics: ['mae'] };
      const unbroken = network();
      unbroken.compile({ optimizer: optimizer(), ...compile });
      const whole = await unbroken.fit(x, y, { ...data, epochs: 10, callbacks: [plateau(), stopping()] });

      const first = network();
      first.compile({ optimizer: optimizer(), ...compile });
      const running = [plateau(), stopping()];
      const place = new Memory();
      const take = {
        onEpochDone: async (epoch: number) => {
          if (epoch === 3) await saveCheckpoint(first, place, { epoch: epoch + 1, callbacks: running });
        },
      };
      await first.fit(x, y, { ...data, epochs: 6, callbacks: [...running, take] });

      const second = network();
      setRandomSeed(99);
      second.compile({ optimizer: optimizer(), ...compile });
      const again = [plateau(), stopping()];
      const { epoch, history } = await loadCheckpoint(second, place, { callbacks: again });
      expect(epoch).toBe(4);
      expect(getRandomSeed()).toBe(3);
      await second.fit(x, y, { ...data, epochs: 10, initialEpoch: epoch, callbacks: [history, ...again] });
      expect(weightsOf(second)).toEqual(weightsOf(unbroken));
      expect(history.history).toEqual(whole.history);
      expect(history.epoch).toEqual(whole.epoch);
      expect(second.history).toBe(history);
    },
  );

  it('is a model, too', async () => {
    const model = network();
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    model.metadata = { classNames: ['a', 'b'] };
    const place = new Memory();
    await saveCheckpoint(model, place, { epoch: 0 });
    const loaded = await loadModel(place);
    expect(weightsOf(loaded)).toEqual(weightsOf(model));
    expect(loaded.metadata).toEqual(model.metadata);
  });

  it('says what does not fit', async () => {
    const model = network();
    const place = new Memory();
    await expect(saveCheckpoint(model, place, { epoch: 1 })).rejects.toThrow(ConfigError);
    model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    await model.save(place);
    await expect(loadCheckpoint(model, place)).rejects.toThrow(
      new FormatError('the model is no checkpoint: nothing says where its training stood'),
    );
    await expect(saveCheckpoint(model, place, { epoch: -1 })).rejects.toThrow(
      new ConfigError('saveCheckpoint: epoch must be an integer, 0 or more; got -1'),
    );
    await expect(loadCheckpoint(model, place, { callbacks: [{}] as never })).rejects.toThrow(
      new ConfigError('loadCheckpoint: callbacks must be a list of callbacks; got [{}]'),
    );
    await saveCheckpoint(model, place, { epoch: 1, callbacks: [stopping()] });
    await expect(loadCheckpoint(model, place)).rejects.toThrow(
      new ConfigError('the model holds the states of 1 callbacks; got 0: give those of the run that saved it'),
    );
    const other = network();
    other.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await expect(loadCheckpoint(other, place, { callbacks: [stopping()] })).rejects.toThrow(
      'the model holds the state of another optimizer than SGD, which has 0 slots for these weights; got 12. Load the model with compile: false, and compile it anew',
    );
  });
});
