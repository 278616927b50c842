import { readFileSync } from 'node:fs';
import { constraints, dense, embedding, input, lstm, regularizers, type SymbolicTensor, simpleRNN } from '@jogak/layers';
import { hostArray, memory, type Tensor } from '@jogak/ops';
import { adam, sgd } from '@jogak/optimizers';
import { describe, expect, it } from 'vitest';
import type { CompileOptions } from './compile-options.js';
import type { ModelData } from './data.js';
import type { FitOptions } from './fit.js';
import { model as functional } from './functional.js';
import type { Model } from './model.js';
import { sequential } from './sequential.js';

interface Golden {
  readonly shape: number[];
  readonly data: number[];
}

interface Case {
  readonly name: string;
  readonly first: readonly Golden[];
  readonly history: Record<string, number[]>;
  readonly weights: readonly Golden[];
}

const golden = JSON.parse(readFileSync(new URL('../../../../tools/golden/training.json', import.meta.url), 'utf8')) as {
  data: Record<string, Golden>;
  cases: Case[];
};
const array = ({ data, shape }: Golden) => hostArray(Float32Array.from(data), shape);
const data = (name: string) => array(golden.data[name] as Golden);

const classifier = (options: object = {}): Model =>
  sequential({
    layers: [dense({ units: 8, activation: 'relu', inputShape: [4], ...options }), dense({ units: 3, activation: 'softmax' })],
  });

function twoOutputs(): Model {
  const x = input({ shape: [4], name: 'x' });
  const hidden = dense({ units: 5, activation: 'tanh', name: 'hidden' }).apply(x);
  const a = dense({ units: 3, activation: 'softmax', name: 'a' }).apply(hidden);
  const b: SymbolicTensor = dense({ units: 2, name: 'b' }).apply(hidden);
  return functional({ inputs: x, outputs: [a, b] });
}

const masked = (): Model =>
  sequential({
    layers: [
      embedding({ inputDim: 7, outputDim: 3, maskZero: true, batchInputShape: [null, 5] }),
      simpleRNN({ units: 4, returnSequences: true }),
      dense({ units: 1, activation: 'sigmoid' }),
    ],
  });

/** The recipe `imdb-lstm`, made small. */
const textLstm = (): Model =>
  sequential({
    layers: [
      embedding({ inputDim: 20, outputDim: 4, batchInputShape: [null, 9] }),
      lstm({ units: 3 }),
      dense({ units: 1, activation: 'sigmoid' }),
    ],
  });

const sparse = { loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] } as const;
const withAdam = () => ({ optimizer: adam({ learningRate: 0.01 }), ...sparse });
const binaryWithAdam = () => ({ optimizer: adam({ learningRate: 0.01 }), loss: 'binaryCrossentropy', metrics: ['accuracy'] }) as const;
const withSgd = (learningRate: number) => ({ optimizer: sgd({ learningRate }), ...sparse });

interface Run {
  readonly model: () => Model;
  readonly compile: () => CompileOptions;
  readonly x?: string;
  readonly y?: () => ModelData;
  readonly fit?: () => FitOptions;
}

const runs: Record<string, Run> = {
  adam: { model: classifier, compile: withAdam, fit: () => ({ validationData: [data('held'), data('heldLabels')] }) },
  sampleWeight: { model: classifier, compile: withAdam, fit: () => ({ sampleWeight: data('weights') }) },
  classWeight: { model: classifier, compile: withAdam, fit: () => ({ classWeight: { 0: 2, 2: 0.5 } }) },
  validationSplit: { model: classifier, compile: withAdam, fit: () => ({ validationSplit: 0.25 }) },
  l2: { model: () => classifier({ kernelRegularizer: regularizers.l2({ l2: 0.1 }) }), compile: () => withSgd(0.1) },
  activity: { model: () => classifier({ activityRegularizer: regularizers.l1({ l1: 0.1 }) }), compile: () => withSgd(0.1) },
  maxNorm: { model: () => classifier({ kernelConstraint: constraints.maxNorm({ maxValue: 0.7 }) }), compile: () => withSgd(0.5) },
  twoOutputs: {
    model: twoOutputs,
    compile: () => ({
      optimizer: adam({ learningRate: 0.01 }),
      loss: ['sparseCategoricalCrossentropy', 'mse'],
      lossWeights: [1, 0.3],
      metrics: [['accuracy'], ['mae']],
    }),
    y: () => [data('labels'), data('values')],
  },
  masked: { model: masked, compile: binaryWithAdam, x: 'ids', y: () => data('steps') },
  lstm: { model: textLstm, compile: binaryWithAdam, x: 'texts', y: () => data('moods') },
};

/** Three epochs of Adam multiply what float32 rounds by a little; no figure here is larger than 3. */
const tolerance = 2e-5;

function expectClose(actual: ArrayLike<number>, expected: readonly number[], what: string): void {
  expect(actual.length, what).toBe(expected.length);
  for (const [index, value] of expected.entries())
    expect(Math.abs((actual[index] as number) - value), `${what}[${index}]`).toBeLessThan(tolerance);
}

describe('fit', () => {
  it.each(golden.cases)('trains as Keras does: $name', async ({ name, first, history, weights }) => {
    const run = runs[name] as Run;
    const network = run.model();
    network.setWeights(first.map(array));
    network.compile(run.compile());
    const { history: ours } = await network.fit(data(run.x ?? 'features'), run.y?.() ?? data('labels'), {
      shuffle: false,
      batchSize: 6,
      epochs: 3,
      ...run.fit?.(),
    });
    expect(Object.keys(ours).sort()).toEqual(Object.keys(history).sort());
    for (const [key, values] of Object.entries(history)) {
      // Keras' metrics take padding for answers unless there are sample weights, too; ours do not, see the test below.
      if (name === 'masked' && key === 'accuracy') continue;
      expectClose(ours[key] as number[], values, key);
    }
    for (const [index, weight] of network.weights.entries()) expectClose(weight.value.dataSync(), weights[index]?.data ?? [], weight.path);
    network.dispose();
  });

  it('judges the steps alone that no mask takes out', () => {
    const network = masked();
    network.setWeights((golden.cases.find(({ name }) => name === 'masked') as Case).first.map(array));
    network.compile({ loss: 'binaryCrossentropy', metrics: ['accuracy'] });
    const { accuracy } = network.evaluate(data('ids'), data('steps'), { returnDict: true });
    const predicted = (network.predict(data('ids')) as Tensor).dataSync();
    const counted = [...predicted]
      .map((value, i) => ({ right: Number(value > 0.5) === data('steps').data[i], real: data('ids').data[i] !== 0 }))
      .filter(({ real }) => real);
    expect(accuracy).toBeCloseTo(counted.filter(({ right }) => right).length / counted.length, 6);
    network.dispose();
  });

  it('leaves as many tensors as it found, the optimizer’s slots apart', async () => {
    for (const [name, run] of Object.entries(runs)) {
      const network = run.model();
      network.compile(run.compile());
      const train = () => network.fit(data(run.x ?? 'features'), run.y?.() ?? data('labels'), { epochs: 1, ...run.fit?.() });
      await train();
      const before = memory().numTensors;
      await train();
      expect(memory().numTensors, name).toBe(before);
      network.dispose();
    }
  });
});
