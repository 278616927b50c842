import { getRecipe } from '@jogak/models';
import { randomIntegers, randomNormals } from '../data/random.js';
import { rawData } from '../data/raw.js';
import { oneHotDepth, recipeTrainingData, syntheticSource } from '../data/recipe-data.js';
import { syntheticImages } from '../data/synthetic.js';
import { type Cost, times } from '../floor/cost.js';
import {
  embeddingLstmStep,
  embeddingRnnStep,
  fashionCnnPrediction,
  fashionCnnStep,
  lstm256Step,
  oneHotRnnStep,
  resnet20Step,
  transformerStep,
} from '../floor/networks.js';
import { buildNetwork } from '../networks/index.js';
import type { FileWeights, NetworkName, OptimizerSpec, TrainTask } from '../protocol.js';
import type { Group, OpGroup, Workload, WorkloadContext } from './workload.js';

const adam: OptimizerSpec = { name: 'adam', learningRate: 0.001 };
const sgd = (learningRate: number, momentum = 0): OptimizerSpec => ({ name: 'sgd', learningRate, momentum });

/** What peers have to know of a recipe, and what a step of it costs. */
interface RecipeFacts {
  readonly network: NetworkName;
  readonly optimizer: OptimizerSpec;
  /** Training samples of the real data, as many as of the random ones. */
  readonly samples: number;
  readonly window?: number;
  readonly dropout?: number;
  readonly stepCost: Cost;
}

const facts: Readonly<Record<string, RecipeFacts>> = {
  'fashion-cnn': { network: 'fashion-cnn', optimizer: adam, samples: 48_000, stepCost: fashionCnnStep(32, 'adam') },
  'fashion-cnn-dropout': {
    network: 'fashion-cnn',
    optimizer: adam,
    samples: 48_000,
    dropout: 0.5,
    stepCost: fashionCnnStep(32, 'adam', true),
  },
  'convolution-network': { network: 'fashion-cnn', optimizer: sgd(0.01), samples: 48_000, stepCost: fashionCnnStep(128, 'sgd') },
  'imdb-rnn': { network: 'one-hot-rnn', optimizer: sgd(0.01), samples: 20_000, stepCost: oneHotRnnStep(32) },
  'recurrent-network': { network: 'one-hot-rnn', optimizer: sgd(0.01), samples: 20_000, window: 10, stepCost: oneHotRnnStep(32, 10) },
  'imdb-embedding-rnn': { network: 'embedding-rnn', optimizer: adam, samples: 20_000, stepCost: embeddingRnnStep(32) },
  'imdb-lstm': { network: 'embedding-lstm', optimizer: adam, samples: 20_000, stepCost: embeddingLstmStep(32) },
  'spam-lstm': { network: 'embedding-lstm', optimizer: adam, samples: 3_200, stepCost: embeddingLstmStep(32) },
};

/** Steps of an epoch: the last batch may be a part of one, but for the network that drops it. */
const epochSteps = (recipe: string, { samples }: RecipeFacts): number =>
  recipe === 'convolution-network' ? Math.floor(samples / 128) : Math.ceil(samples / 32);

function weightsOf(name: string, { files }: WorkloadContext): FileWeights {
  const model = buildNetwork(name);
  const weights = files.writeWeights(name, model);
  model.dispose();
  return weights;
}

/** A recipe's task, on its own data or on `samples` random ones. */
async function recipeTask(
  name: string,
  context: WorkloadContext,
  samples: number | null = null,
): Promise<{ task: TrainTask; data: string }> {
  const { network, optimizer, window = null, dropout = 0 } = facts[name] as RecipeFacts;
  const recipe = getRecipe(name);
  const oneHot = oneHotDepth(name);
  const images = recipe.dataset === 'fashion-mnist';
  const { source, origin } =
    samples === null
      ? await recipeTrainingData(name, context.dataDir)
      : { source: syntheticSource(recipe, samples), origin: "random numbers in Fashion-MNIST's shapes" };
  const { x, y } = await rawData(
    source,
    images ? { kind: 'pixels' } : oneHot === null ? { kind: 'ids' } : { kind: 'one-hot', depth: oneHot },
  );
  const prefix = samples === null ? name : `${name}-${samples}`;
  const task: TrainTask = {
    kind: 'train',
    network,
    recipe: name,
    ownPipeline: samples === null,
    optimizer,
    loss: images ? 'categorical' : 'binary',
    batchSize: recipe.batchSize,
    oneHot,
    scale: images ? 1 / 255 : 1,
    dropout,
    window,
    x: context.files.write(`${prefix}-x`, x.data, x.shape),
    y: context.files.write(`${prefix}-y`, y, [y.length]),
    weights: weightsOf(name, context),
  };
  return { task, data: origin };
}

/** A recipe's epoch. */
const epoch = (name: string): Workload => {
  const recipe = facts[name] as RecipeFacts;
  const units = epochSteps(name, recipe);
  return {
    name,
    group: 'recipes',
    title: `${getRecipe(name).title}: one epoch of training`,
    method: 'rounds',
    per: 'epoch',
    units,
    cost: times(units, recipe.stepCost),
    peers: null,
    prepare: context => recipeTask(name, context),
  };
};

/** Samples that a network of our own is trained on, in turn. */
const STEP_SAMPLES = 2048;

interface StepFacts {
  readonly title: string;
  readonly optimizer: OptimizerSpec;
  readonly cost: Cost;
  /** Shape of a sample. */
  readonly inputs: readonly number[];
  /** Number of words, of ids; null for numbers. */
  readonly vocabulary: number | null;
}

/** A step of a network that no recipe has. */
const step = (name: NetworkName, { title, optimizer, cost, inputs, vocabulary }: StepFacts): Workload => ({
  name,
  group: 'steps',
  title,
  method: 'rounds',
  per: 'step',
  units: 1,
  cost,
  peers: null,
  prepare: async context => {
    const shape = [STEP_SAMPLES, ...inputs];
    const size = shape.reduce((product, axis) => product * axis, 1);
    const x = vocabulary === null ? randomNormals(name, size) : randomIntegers(name, size, vocabulary);
    const y = randomIntegers(`${name}-classes`, STEP_SAMPLES, 10);
    const task: TrainTask = {
      kind: 'train',
      network: name,
      recipe: null,
      ownPipeline: false,
      optimizer,
      loss: 'categorical',
      batchSize: 32,
      oneHot: null,
      scale: 1,
      dropout: 0,
      window: null,
      x: context.files.write(`${name}-x`, x, shape),
      y: context.files.write(`${name}-y`, y, [STEP_SAMPLES]),
      weights: weightsOf(name, context),
    };
    return { task, data: null };
  },
});

/** fashion-cnn on so many samples an epoch, by Jogak alone. */
const samples = (count: number): Workload => {
  const units = Math.ceil(count / 32);
  return {
    name: `samples-${count}`,
    group: 'scaling',
    title: `fashion-cnn, an epoch of ${count.toLocaleString('en')} samples`,
    method: 'rounds',
    per: 'epoch',
    units,
    cost: times(units, fashionCnnStep(32, 'adam')),
    peers: ['jogak-simd'],
    prepare: context => recipeTask('fashion-cnn', context, count),
  };
};

const predict: Workload = {
  name: 'predict-fashion-cnn',
  group: 'predict',
  title: 'fashion-cnn, one image',
  method: 'rounds',
  per: 'prediction',
  units: 1,
  cost: fashionCnnPrediction(),
  peers: null,
  prepare: async context => {
    const { x } = syntheticImages(1);
    const { task } = await recipeTask('fashion-cnn', context, 32);
    return { task: { ...task, kind: 'predict', x: context.files.write('predict-x', x.data as Uint8Array, x.shape) }, data: null };
  },
};

const startUp: Workload = {
  name: 'start-up-fashion-cnn',
  group: 'start-up',
  title: 'Import, build, compile, and train fashion-cnn on a batch, twice',
  method: 'start-up',
  per: 'start',
  units: 1,
  cost: null,
  peers: null,
  prepare: context => recipeTask('fashion-cnn', context, 32),
};

/** Memory of a recipe's whole training. */
const memory = (name: string): Workload => ({
  name: `memory-${name}`,
  group: 'memory',
  title: `${name}, all ${getRecipe(name).epochs} epochs`,
  method: 'memory',
  per: 'training',
  units: getRecipe(name).epochs * epochSteps(name, facts[name] as RecipeFacts),
  cost: null,
  peers: ['jogak-simd'],
  prepare: context => recipeTask(name, context),
});

/** All workloads that train, and those about them. */
export const training: Readonly<Record<Exclude<Group, 'gemm' | 'conv2d' | OpGroup>, readonly Workload[]>> = {
  recipes: [
    'fashion-cnn',
    'imdb-rnn',
    'imdb-lstm',
    'fashion-cnn-dropout',
    'convolution-network',
    'recurrent-network',
    'imdb-embedding-rnn',
    'spam-lstm',
  ].map(epoch),
  steps: [
    step('resnet-20', {
      title: 'ResNet-20 on 32×32×3, SGD with momentum',
      optimizer: sgd(0.1, 0.9),
      cost: resnet20Step(32),
      inputs: [32, 32, 3],
      vocabulary: null,
    }),
    step('transformer', {
      title: 'Transformer encoder of 2 layers, 4 heads, width 128, on 64 steps, Adam',
      optimizer: adam,
      cost: transformerStep(32),
      inputs: [64],
      vocabulary: 1000,
    }),
    step('lstm-256', {
      title: 'LSTM of 256 cells on 100 steps of 64 numbers, Adam',
      optimizer: adam,
      cost: lstm256Step(32),
      inputs: [100, 64],
      vocabulary: null,
    }),
  ],
  predict: [predict],
  scaling: [1_000, 10_000, 60_000].map(samples),
  'start-up': [startUp],
  memory: ['fashion-cnn', 'imdb-rnn'].map(memory),
};
