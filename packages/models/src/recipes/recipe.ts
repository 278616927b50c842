import type { LoadOptions } from '@jogak/datasets';
import type { Json } from '@jogak/ops';
import type { BatchSource } from '../engine/batch-source.js';
import type { Model } from '../engine/model.js';
import type { InputFormat } from './input-format.js';

/** Options of {@link Recipe.loadData}. */
export interface RecipeDataOptions extends LoadOptions {
  /** Seed of the split and of the order. */
  seed: number;
  /** @default the recipe's */
  batchSize?: number;
  /** Trains on the first samples of the training part alone, after the split; validation stays whole. @default all */
  trainSamples?: number;
}

/** A recipe's data, ready to train on. */
export interface RecipeData {
  readonly train: BatchSource;
  readonly validation: BatchSource;
  /** Data that neither training nor validation saw; null where there are none (a sample whose test part validates). */
  readonly test: BatchSource | null;
  readonly trainSamples: number;
  readonly validationSamples: number;
  readonly classNames: readonly string[];
  readonly format: InputFormat;
}

/** Data, network and settings in one place: what `jogak train NAME` runs. */
export interface Recipe {
  readonly name: string;
  /** What it is, in a line. */
  readonly title: string;
  readonly dataset: 'fashion-mnist' | 'imdb' | 'spam';
  /** Which embedded sample it can run on; null when it has none. */
  readonly sample: 'fashion-mnist' | 'spam' | null;
  readonly epochs: number;
  readonly batchSize: number;
  /** Number of numbers in the weights. */
  readonly parameters: number;
  /** Loads, splits and batches the data. @throws {DataError} when they are missing, {@link FormatError} when they are damaged */
  loadData(options: RecipeDataOptions): Promise<RecipeData>;
  /** The network, compiled. Its first weights depend on the seed that `setRandomSeed` set. */
  build(): Model;
}

/** Version of what {@link predictionMetadata} gives. */
export const metadataVersion = 1;

/**
 * What a saved model says of how to use it: the recipe, the classes, how an input is prepared, and by which seed its training data were
 * split, so that what validated can be found again.
 */
export function predictionMetadata(
  recipe: string,
  data: Pick<RecipeData, 'classNames' | 'format'>,
  { seed }: { seed: number },
): { [key: string]: Json } {
  return { jogak: { version: metadataVersion, recipe, seed, classNames: [...data.classNames], format: data.format as unknown as Json } };
}
