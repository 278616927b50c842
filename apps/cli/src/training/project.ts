import { getRecipe, type Model, type Recipe, type RecipeData, recipes } from '@jogak/models';
import { fashionMnistSample, type SampleSource, spamSample } from '@jogak/samples';
import { UsageError } from '../arguments/usage-error.js';
import { checkDataFolder } from '../data/data-folder.js';
import { formatBytes } from '../output/format.js';
import { say } from '../output/terminal.js';

/** What is loaded for a run. */
export interface ProjectLoadOptions {
  readonly seed: number;
  readonly batchSize: number;
  readonly trainSamples?: number;
  readonly signal?: AbortSignal;
}

/** Data and a network for them: a recipe, or one's own data with a network that fits. */
export interface Project {
  /** The recipe's name; `images` or `csv` for one's own data. */
  readonly name: string;
  readonly epochs: number;
  readonly batchSize: number;
  load(options: ProjectLoadOptions): Promise<RecipeData>;
  /** The network, compiled. */
  build(data: RecipeData): Model;
}

const samples: Readonly<Record<NonNullable<Recipe['sample']>, SampleSource>> = {
  'fashion-mnist': fashionMnistSample,
  spam: spamSample,
};

/** Where a recipe's data come from: a folder, or the embedded sample. */
export interface RecipePlace {
  readonly data?: string | undefined;
  readonly sample?: boolean | undefined;
}

/**
 * A recipe, with its data from where the user says.
 *
 * @throws {UsageError} when there is no such recipe, or it has no sample; loading throws a {@link DataError} when `data` is no folder
 */
export function recipeProject(name: string, { data, sample }: RecipePlace): Project {
  const recipe = findRecipe(name);
  if (sample && data !== undefined) throw new UsageError('give --data or --sample, not both: the data come from one place');
  if (sample && recipe.sample === null) {
    const others = recipes.filter(other => other.sample !== null).map(other => other.name);
    throw new UsageError(`${name} has no embedded sample; these recipes have: ${others.join(', ')}`);
  }
  const place = sample && recipe.sample ? { source: samples[recipe.sample] } : data === undefined ? {} : { dataDir: data };
  return {
    name,
    epochs: recipe.epochs,
    batchSize: recipe.batchSize,
    load: async options => {
      if (data !== undefined) checkDataFolder(data);
      return recipe.loadData({ ...options, ...place, onProgress: showDownload });
    },
    build: () => recipe.build(),
  };
}

/** @throws {UsageError} when there is none */
export function findRecipe(name: string): Recipe {
  try {
    return getRecipe(name);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** What was last told of a download. */
let told = '';

/** A line for every tenth of a download. */
export function showDownload({ file, received, total }: { file: string; received: number; total: number | null }): void {
  if (total === null) return;
  const text = `${file}: ${Math.floor((received / total) * 10) * 10} % of ${formatBytes(total)}`;
  if (text !== told) say(text);
  told = text;
}
