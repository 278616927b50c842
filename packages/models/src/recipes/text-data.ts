import { imdb, type LabeledTexts, type LoadOptions, padSequences, prepareSequences } from '@jogak/datasets';
import { type HostArray, isJogakError, sliceRows } from '@jogak/ops';
import { arrayBatches, type BatchSource } from '../engine/batch-source.js';
import { prepareBatch, type TextFormat } from './input-format.js';
import type { RecipeData, RecipeDataOptions } from './recipe.js';

/** Steps of every text: shorter ones are filled up in front, longer ones lose their beginning. */
const steps = 100;

/** Ids below this one are words too common to tell anything, and Keras' marks. */
const skipTop = 20;

/** What the text recipes choose for themselves. */
export interface TextDataOptions {
  /** Ids from this one on are left out. */
  numWords: number;
  /** Whether ids become one-hot vectors as batches are made. */
  oneHot: boolean;
}

/**
 * IMDB as the course prepares it: ids from 20 up to `numWords`, 20,000 reviews to train on and 5,000 to validate, 100 steps. The words of
 * the ids come with it if the data set's word index is there.
 */
export async function imdbRecipeData(options: RecipeDataOptions & TextDataOptions & { batchSize: number }): Promise<RecipeData> {
  const { seed, batchSize, trainSamples, numWords, oneHot, ...load } = options;
  const { train, test, classNames } = await imdb.loadData({ ...load, numWords, skipTop, oovChar: null });
  const parts = prepareSequences(train, { steps, validation: 5000, seed });
  const format: TextFormat = { kind: 'text', steps, oneHot: oneHot ? numWords : null, vocabulary: await imdbVocabulary(load, numWords) };
  return textRecipeData({ ...parts, test: pad(test) }, format, classNames, {
    seed,
    batchSize,
    ...(trainSamples === undefined ? {} : { trainSamples }),
  });
}

/** Texts of one length, and their labels. */
interface Texts {
  readonly x: HostArray;
  readonly y: HostArray;
}

/** Batches of texts that are split already. */
export function textRecipeData(
  parts: { train: Texts; validation: Texts; test: Texts | null },
  format: TextFormat,
  classNames: readonly string[],
  options: { seed: number; batchSize: number; trainSamples?: number },
): RecipeData {
  const { seed, batchSize, trainSamples } = options;
  const all = parts.train.x.shape[0] as number;
  const used = Math.min(all, trainSamples ?? all);
  const batches = (part: Texts, shuffle = false): BatchSource =>
    arrayBatches({ x: [part.x], y: [part.y], batchSize, seed, shuffle, prepare: prepareBatch(format) });
  return {
    train: batches({ x: sliceRows(parts.train.x, 0, used), y: sliceRows(parts.train.y, 0, used) }, true),
    validation: batches(parts.validation),
    test: parts.test && batches(parts.test),
    trainSamples: used,
    validationSamples: parts.validation.x.shape[0] as number,
    classNames,
    format,
  };
}

/** All texts of a part, in one length. */
function pad(texts: LabeledTexts): Texts {
  return { x: padSequences(texts.x, { maxlen: steps }), y: texts.y };
}

async function imdbVocabulary(load: LoadOptions, numWords: number): Promise<TextFormat['vocabulary']> {
  try {
    const ranks = await imdb.getWordIndex(load);
    const ids = [...ranks].map(([word, rank]) => [word, rank + 3] as const);
    return Object.fromEntries(ids.filter(([, id]) => id >= skipTop && id < numWords));
  } catch (error) {
    // Training needs the ids alone. Without their words the model cannot read texts, and says so when asked to.
    if (isJogakError(error, 'data-missing') || isJogakError(error, 'download')) return null;
    throw error;
  }
}
