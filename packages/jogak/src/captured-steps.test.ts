import { clearSession, Dense, type Layer } from '@jogak/layers';
import { AdamW, SGD } from '@jogak/optimizers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as jogak from './index.js';

const { layers } = jogak;
const batchSize = 8;

/** Whole numbers from 0 up to, not including, `end`, the same at every call. */
function integers(shape: number[], end: number, seed = 1): jogak.HostArray {
  let state = seed;
  const size = shape.reduce((product, length) => product * length, 1);
  const draw = (): number => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
  return jogak.hostArray(Int32Array.from({ length: size }, draw), shape);
}

/** Layers of a network, made anew at each call, and what it reads: 6 batches, the last of them smaller. */
const samples = 5 * batchSize + 3;
interface Network {
  readonly layers: () => Layer[];
  readonly x: () => jogak.HostArray;
  readonly y: () => jogak.HostArray;
  readonly loss: string;
  readonly prepare?: (x: jogak.HostArray) => jogak.HostArray;
}
const networks: Record<string, Network> = {
  images: {
    layers: () => [
      layers.conv2d({ filters: 3, kernelSize: 3, activation: 'relu', inputShape: [6, 6, 1] }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 4, activation: 'softmax', kernelRegularizer: 'l2' }),
    ],
    x: () =>
      jogak.scaleArray(jogak.hostArray(Uint8Array.from(integers([samples, 6, 6, 1], 256).data as Int32Array), [samples, 6, 6, 1]), 1 / 255),
    y: () => integers([samples], 4, 2),
    loss: 'sparseCategoricalCrossentropy',
  },
  words: {
    layers: () => [
      layers.embedding({ inputDim: 20, outputDim: 5, inputLength: 7 }),
      layers.lstm({ units: 3 }),
      layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
    x: () => integers([samples, 7], 20),
    y: () => integers([samples], 2, 3),
    loss: 'binaryCrossentropy',
  },
  'one-hot words': {
    layers: () => [layers.simpleRNN({ units: 3, inputShape: [7, 20] }), layers.dense({ units: 1, activation: 'sigmoid' })],
    x: () => integers([samples, 7], 20),
    prepare: x => jogak.oneHotArray(x, 20),
    y: () => integers([samples], 2, 3),
    loss: 'binaryCrossentropy',
  },
  'one-hot words two by two': {
    layers: () => [layers.reshape({ targetShape: [4, 40], inputShape: [8, 20] }), layers.lstm({ units: 3 }), layers.dense({ units: 1 })],
    x: () => integers([samples, 8], 20),
    prepare: x => jogak.oneHotArray(x, 20),
    y: () => integers([samples], 2, 3),
    loss: 'meanSquaredError',
  },
  'sequences of numbers': {
    layers: () => [layers.gru({ units: 3, inputShape: [4, 2] }), layers.dense({ units: 1 })],
    x: () => jogak.scaleArray(integers([samples, 4, 2], 100), 0.01),
    y: () => integers([samples], 2, 3),
    loss: 'meanSquaredError',
  },
  'what draws numbers': {
    layers: () => [
      layers.dropout({ rate: 0.2, inputShape: [4, 2] }),
      layers.gru({ units: 3, dropout: 0.3, recurrentDropout: 0.2, returnSequences: true }),
      layers.spatialDropout1d({ rate: 0.5 }),
      layers.flatten(),
      layers.dense({ units: 1 }),
    ],
    x: () => jogak.scaleArray(integers([samples, 4, 2], 100), 0.01),
    y: () => integers([samples], 2, 3),
    loss: 'meanSquaredError',
  },
  'what draws numbers for each step of a sequence': {
    layers: () => [
      layers.timeDistributed({ layer: layers.dropout({ rate: 0.5 }), inputShape: [4, 2] }),
      layers.flatten(),
      layers.dense({ units: 1 }),
    ],
    x: () => jogak.scaleArray(integers([samples, 4, 2], 100), 0.01),
    y: () => integers([samples], 2, 3),
    loss: 'meanSquaredError',
  },
  'what keeps states': {
    layers: () => [
      layers.dense({ units: 6, activation: 'gelu', inputShape: [5] }),
      layers.batchNormalization(),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 1 }),
    ],
    x: () => jogak.scaleArray(integers([samples, 5], 100), 0.01),
    y: () => integers([samples], 10, 3),
    loss: 'meanSquaredError',
  },
};

/** Models that are made after it begin with the same weights: these follow from a seed and from layers' names. */
function sameStart(): void {
  jogak.setRandomSeed(7);
  clearSession();
}

/** Figures of two epochs and of an evaluation, and weights, from the same first weights. */
async function trained(name: string, compile: object, sampleWeight?: jogak.HostArray): Promise<unknown> {
  sameStart();
  const { layers: make, x, y, loss, prepare = inputs => inputs } = networks[name] as Network;
  const model = jogak.sequential({ layers: make() });
  model.compile({ optimizer: 'adam', loss, metrics: ['accuracy'], ...compile });
  const batches = jogak.arrayBatches({
    x: [x()],
    y: [y()],
    sampleWeight,
    batchSize,
    shuffle: true,
    seed: 1,
    prepare: batch => ({ ...batch, x: prepare(batch.x as jogak.HostArray) }),
  });
  const { history } = await model.fit(batches, { epochs: 2 });
  const judged = await model.evaluateDataset(batches);
  const weights = model.weights.map(weight => [...(weight.read().data as Float32Array)]);
  model.dispose();
  return { history, judged, weights };
}

/** A dense layer that counts its calls. */
class Counting extends Dense {
  calls = 0;

  override call(inputs: jogak.Tensor): jogak.Tensor {
    this.calls++;
    return super.call(inputs);
  }
}

describe('fit on the backend simd', () => {
  beforeEach(() => jogak.setBackend('simd'));
  afterEach(() => jogak.setBackend('cpu'));

  for (const name of Object.keys(networks)) {
    it(`gives the same bits whether steps run op by op or not: ${name}`, async () => {
      expect(await trained(name, {})).toEqual(await trained(name, { runEagerly: true }));
    });
  }

  it('gives them with weighted samples, clipped gradients, averaged weights and constraints, too', async () => {
    const sampleWeight = jogak.scaleArray(integers([samples], 5, 9), 0.5);
    for (const optimizer of [{ clipnorm: 0.1 }, { useEma: true, emaOverwriteFrequency: 3 }, { weightDecay: 0.1 }]) {
      const options = (): object => ({ optimizer: new AdamW(optimizer) });
      expect(await trained('words', options(), sampleWeight)).toEqual(
        await trained('words', { ...options(), runEagerly: true }, sampleWeight),
      );
    }
  });

  it("calls a layer of a class of one's own in every step", async () => {
    const counting = new Counting({ units: 2, inputShape: [3] });
    const model = jogak.sequential({ layers: [counting, layers.dense({ units: 1 })] });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const x = jogak.zeros([40, 3]);
    await model.fit(x, jogak.zeros([40, 1]), { batchSize: 4, epochs: 2 });
    expect(counting.calls).toBe(20);
  });

  it('calls layers of this package in the first steps only, and in those of another size; with runEagerly in all', async () => {
    const { call } = Dense.prototype;
    for (const name of ['images', 'words', 'one-hot words', 'one-hot words two by two', 'sequences of numbers', 'what draws numbers']) {
      const calls: number[] = [];
      for (const runEagerly of [false, true]) {
        let count = 0;
        Dense.prototype.call = function counted(inputs) {
          count++;
          return call.apply(this, [inputs]);
        };
        try {
          await trained(name, { runEagerly });
        } finally {
          Dense.prototype.call = call;
        }
        calls.push(count);
      }
      // Training: one step to build, two to capture, and the smaller one of each epoch. Evaluation: two to capture, and the smaller one.
      expect(calls, name).toEqual([5 + 3, 12 + 6]);
    }
  });

  it('follows what callbacks change: weights, what is trained, the learning rate', async () => {
    const results: unknown[] = [];
    for (const runEagerly of [false, true]) {
      sameStart();
      const hidden = layers.dense({ units: 3, inputShape: [5] });
      const model = jogak.sequential({ layers: [hidden, layers.dense({ units: 1 })] });
      model.compile({ optimizer: new SGD({ learningRate: 0.1 }), loss: 'meanSquaredError', runEagerly });
      const x = jogak.scaleArray(integers([80, 5], 100), 0.01);
      const callbacks = {
        onBatchEnd: (step: number): void => {
          if (step === 5) model.setWeights(model.getWeights().map(weight => jogak.mul(weight, 0.5)));
          if (step === 9) hidden.trainable = false;
          if (step === 12) model.optimizer.learningRate = 0.01;
          if (step === 15) hidden.trainable = true;
        },
      };
      const { history } = await model.fit(x, integers([80], 3, 4), { batchSize: 4, callbacks, seed: 5 });
      results.push([history, model.weights.map(weight => [...(weight.read().data as Float32Array)])]);
    }
    expect(results[0]).toEqual(results[1]);
  });

  it('follows a callback that compiles anew, adds a layer, goes to another backend and back', async () => {
    const changes: Record<string, (model: jogak.Sequential, runEagerly: boolean) => void | Promise<void>> = {
      'another loss': (model, runEagerly) => model.compile({ optimizer: model.optimizer, loss: 'meanAbsoluteError', runEagerly }),
      'another metric': (model, runEagerly) =>
        model.compile({ optimizer: model.optimizer, loss: 'meanSquaredError', metrics: ['meanAbsoluteError'], runEagerly }),
      'a loss of one’s own': (model, runEagerly) =>
        model.compile({ optimizer: model.optimizer, loss: (y, p) => jogak.mean(jogak.abs(jogak.sub(y, p)), -1), runEagerly }),
      'another layer': model => model.add(layers.activation({ activation: 'tanh' })),
      'another backend': async model => {
        await jogak.setBackend('cpu');
        for (const output of [model.predict(jogak.zeros([1, 5]))].flat()) output.dispose();
        await jogak.setBackend('simd');
        // What would lie where the weights were.
        jogak.tidy(() => void jogak.fill([5, 3], 9).dataSync());
      },
    };
    for (const [name, change] of Object.entries(changes)) {
      const results: unknown[] = [];
      for (const runEagerly of [false, true]) {
        sameStart();
        const model = jogak.sequential({ layers: [layers.dense({ units: 3, inputShape: [5] }), layers.dense({ units: 1 })] });
        model.compile({ optimizer: new SGD({ learningRate: 0.1 }), loss: 'meanSquaredError', runEagerly });
        const x = jogak.scaleArray(integers([80, 5], 100), 0.01);
        const callbacks = { onBatchEnd: (step: number) => (step === 8 ? change(model, runEagerly) : undefined) };
        const { history } = await model.fit(x, integers([80], 3, 4), { batchSize: 4, callbacks, seed: 5 });
        results.push([history, model.weights.map(weight => [...(weight.read().data as Float32Array)])]);
        model.dispose();
      }
      expect(results[0], name).toEqual(results[1]);
    }
  });

  it('calls a method that was put onto a layer in every step', async () => {
    const layer = layers.dense({ units: 1, inputShape: [3] });
    let calls = 0;
    const { invoke } = layer;
    layer.invoke = (...given) => {
      calls++;
      return invoke.apply(layer, given);
    };
    const model = jogak.sequential({ layers: [layer] });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await model.fit(jogak.zeros([40, 3]), jogak.zeros([40, 1]), { batchSize: 4, epochs: 2 });
    expect(calls).toBe(20);
  });

  it('refuses wrong ids, targets and losses in later steps as in the first, before a weight changes', async () => {
    const wrong: [RegExp, (x: Int32Array, y: Float32Array) => void][] = [
      [
        /ids must be whole numbers from 0 to 19, because inputDim is 20; got 20 at \[3, 2\]/,
        x => x.fill(20, 5 * 8 * 7 + 23, 5 * 8 * 7 + 24),
      ],
      [/target 7 in row 2/, (_, y) => y.fill(7, 5 * 8 + 2, 5 * 8 + 3)],
    ];
    for (const [message, spoil] of wrong) {
      const { layers: make, x, y, loss } = networks.words!;
      const model = jogak.sequential({ layers: make() });
      model.compile({ optimizer: 'sgd', loss });
      const words = Int32Array.from(x().data as Int32Array);
      const labels = Float32Array.from(y().data as Int32Array);
      const more = jogak.hostArray(new Int32Array([...words, ...words]), [2 * samples, 7]);
      const targets = jogak.hostArray(new Float32Array([...labels, ...labels]), [2 * samples]);
      spoil(more.data as Int32Array, targets.data as Float32Array);
      let before: unknown;
      const read = (): unknown => model.weights.map(weight => [...(weight.read().data as Float32Array)]);
      const callbacks = { onBatchBegin: (step: number): void => void (step === 5 && (before = read())) };
      await expect(model.fit(more, targets, { batchSize, shuffle: false, callbacks })).rejects.toThrow(message);
      expect(before).toBeDefined();
      expect(read()).toEqual(before);
    }
  });

  it('leaves as many tensors behind as before', async () => {
    for (const name of Object.keys(networks)) {
      await trained(name, {});
      const before = jogak.memory().numTensors;
      await trained(name, {});
      expect(jogak.memory().numTensors, name).toBe(before);
    }
  });
});
