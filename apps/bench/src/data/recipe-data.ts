import { arrayBatches, type BatchSource, getRecipe, type InputFormat, prepareInput, type Recipe } from '@jogak/models';
import { type Batch, type HostArray, isJogakError } from '@jogak/ops';
import { spamSample } from '@jogak/samples';
import { syntheticImages, syntheticTexts } from './synthetic.js';

/** What a recipe is trained on. */
export interface RecipeTrainingData {
  readonly source: BatchSource;
  /** Where it comes from, in words. */
  readonly origin: string;
}

/** Seed of splits and orders. */
const seed = 1;

/**
 * The training part of a recipe's data, as the recipe itself makes batches of it: real where the machine has them, else random numbers of the same shapes,
 * which take as long.
 *
 * @param dataDir where to look, besides where Fashion-MNIST's loader looks by itself; null for nowhere else
 */
export async function recipeTrainingData(name: string, dataDir: string | null): Promise<RecipeTrainingData> {
  const recipe = getRecipe(name);
  if (recipe.dataset === 'spam')
    return { source: (await recipe.loadData({ seed, source: spamSample })).train, origin: 'the embedded mails' };
  const title = { 'fashion-mnist': 'Fashion-MNIST', imdb: 'IMDB' }[recipe.dataset];
  // Reviews are too large to be downloaded for want of being told where they are.
  const places = [...(dataDir === null ? [] : [{ dataDir }]), ...(recipe.dataset === 'fashion-mnist' ? [{}] : [])];
  for (const place of places) {
    try {
      return { source: (await recipe.loadData({ seed, ...place })).train, origin: title };
    } catch (error) {
      if (!isJogakError(error, 'data-missing') && !isJogakError(error, 'download')) throw error;
    }
  }
  return { source: syntheticSource(recipe, recipe.dataset === 'imdb' ? 20_000 : 48_000), origin: `random numbers in ${title}'s shapes` };
}

/** Random numbers as a recipe's training data. */
export function syntheticSource(recipe: Recipe, samples: number): BatchSource {
  const { x, y, format } = synthetic(recipe, samples);
  const prepare = (batch: Batch): Batch => ({ ...batch, x: prepareInput(batch.x as HostArray, format) });
  // The hand-written convolutional network takes whole batches only.
  const dropRemainder = recipe.name === 'convolution-network';
  return arrayBatches({ x: [x], y: [y], batchSize: recipe.batchSize, shuffle: true, seed, dropRemainder, prepare });
}

function synthetic(recipe: Recipe, samples: number): { x: HostArray; y: HostArray; format: InputFormat } {
  if (recipe.dataset === 'fashion-mnist')
    return {
      ...syntheticImages(samples),
      format: { kind: 'image', height: 28, width: 28, channels: 1, scale: 1 / 255, brightOnDark: true },
    };
  const oneHot = oneHotDepth(recipe.name);
  return { ...syntheticTexts(samples, oneHot === null ? 1000 : 100), format: { kind: 'text', steps: 100, oneHot, vocabulary: null } };
}

/** Length of the one-hot vectors that a recipe's network takes; null where it takes something else. */
export const oneHotDepth = (recipe: string): 100 | null => (recipe === 'imdb-rnn' || recipe === 'recurrent-network' ? 100 : null);
