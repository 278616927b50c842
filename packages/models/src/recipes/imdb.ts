import { dense, embedding, type Layer, lstm, simpleRNN } from '@jogak/layers';
import { sgd } from '@jogak/optimizers';
import type { CompileOptions } from '../engine/compile-options.js';
import type { Model } from '../engine/model.js';
import { sequential } from '../engine/sequential.js';
import type { Recipe } from './recipe.js';
import { imdbRecipeData } from './text-data.js';

/** Layers, then one sigmoid unit that says how likely the text is of the second class. */
export function binaryTextModel(name: string, layers: Layer[], optimizer: NonNullable<CompileOptions['optimizer']>): Model {
  const model = sequential({ name, layers: [...layers, dense({ name: 'dense', units: 1, activation: 'sigmoid' })] });
  model.compile({ optimizer, loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  return model;
}

/** Embedding of 1,000 words in 32 dimensions, then 8 LSTM cells. */
export const embeddingLstm = (): Layer[] => [
  embedding({ name: 'embedding', inputDim: 1000, outputDim: 32, batchInputShape: [null, 100] }),
  lstm({ name: 'lstm', units: 8 }),
];

/** 32 recurrent cells on one-hot words; SGD. */
export const imdbRnn: Recipe = {
  name: 'imdb-rnn',
  title: 'Recurrent network on one-hot IMDB reviews',
  dataset: 'imdb',
  sample: null,
  epochs: 20,
  batchSize: 32,
  parameters: 4_289,
  loadData: options => imdbRecipeData({ batchSize: 32, ...options, numWords: 100, oneHot: true }),
  build: () =>
    binaryTextModel('imdb_rnn', [simpleRNN({ name: 'simple_rnn', units: 32, inputShape: [100, 100] })], sgd({ learningRate: 0.01 })),
};

/** Words embedded in 32 dimensions, 8 recurrent cells; Adam. */
export const imdbEmbeddingRnn: Recipe = {
  name: 'imdb-embedding-rnn',
  title: 'Recurrent network on embedded IMDB reviews',
  dataset: 'imdb',
  sample: null,
  epochs: 10,
  batchSize: 32,
  parameters: 32_337,
  loadData: options => imdbRecipeData({ batchSize: 32, ...options, numWords: 1000, oneHot: false }),
  build: () => {
    const words = embedding({ name: 'embedding', inputDim: 1000, outputDim: 32, batchInputShape: [null, 100] });
    return binaryTextModel('imdb_embedding_rnn', [words, simpleRNN({ name: 'simple_rnn', units: 8 })], 'adam');
  },
};

/** Words embedded in 32 dimensions, 8 LSTM cells; Adam. */
export const imdbLstm: Recipe = {
  name: 'imdb-lstm',
  title: 'LSTM on embedded IMDB reviews',
  dataset: 'imdb',
  sample: null,
  epochs: 10,
  batchSize: 32,
  parameters: 33_321,
  loadData: options => imdbRecipeData({ batchSize: 32, ...options, numWords: 1000, oneHot: false }),
  build: () => binaryTextModel('imdb_lstm', embeddingLstm(), 'adam'),
};
