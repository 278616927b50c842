import { prepareSequences, spam } from '@jogak/datasets';
import { binaryTextModel, embeddingLstm } from './imdb.js';
import type { TextFormat } from './input-format.js';
import type { Recipe } from './recipe.js';
import { textRecipeData } from './text-data.js';

const steps = 100;

// The embedding has rows for ids 0 to 999, and id 0 is padding: the rarest of the 1,000 words is left out.
const numWords = 1000;

/** The network of `imdb-lstm` on the embedded mails, 80 % to train on and 20 % to validate; Adam. */
export const spamLstm: Recipe = {
  name: 'spam-lstm',
  title: 'LSTM that tells spam from mail, on the embedded mails',
  dataset: 'spam',
  sample: 'spam',
  epochs: 10,
  batchSize: 32,
  parameters: 33_321,
  loadData: async ({ seed, batchSize = 32, trainSamples, ...load }) => {
    const { x, y, wordIndex, classNames } = await spam.loadData({ ...load, numWords });
    const parts = prepareSequences({ x, y }, { steps, validation: 0.2, stratify: true, seed });
    const format: TextFormat = { kind: 'text', steps, oneHot: null, vocabulary: Object.fromEntries(wordIndex) };
    return textRecipeData({ ...parts, test: null }, format, classNames, {
      seed,
      batchSize,
      ...(trainSamples === undefined ? {} : { trainSamples }),
    });
  },
  build: () => binaryTextModel('spam_lstm', embeddingLstm(), 'adam'),
};
