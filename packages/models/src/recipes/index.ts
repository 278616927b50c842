import { ConfigError, options } from '@jogak/ops';
import { convolutionNetwork, recurrentNetwork } from './by-hand.js';
import { fashionCnn, fashionCnnDropout } from './fashion-cnn.js';
import { imdbEmbeddingRnn, imdbLstm, imdbRnn } from './imdb.js';
import type { Recipe } from './recipe.js';
import { spamLstm } from './spam.js';

export { type ImageFormat, type InputFormat, prepareInput, type TableFormat, type TextFormat } from './input-format.js';
export { metadataVersion, predictionMetadata, type Recipe, type RecipeData, type RecipeDataOptions } from './recipe.js';
export {
  type CourseResult,
  type KerasResult,
  type ReferenceResult,
  type ResultSpread,
  referenceResults,
} from './reference-results.js';
export { isReproduced, resultBar, resultSpread } from './reproduction.js';

/** All recipes, in the order of the course. */
export const recipes: readonly Recipe[] = [
  convolutionNetwork,
  fashionCnn,
  fashionCnnDropout,
  recurrentNetwork,
  imdbRnn,
  imdbEmbeddingRnn,
  imdbLstm,
  spamLstm,
];

/** The recipe of this name. @throws {ConfigError} when there is none */
export function getRecipe(name: string): Recipe {
  const found = recipes.find(recipe => recipe.name === name);
  if (!found) {
    const names = recipes.map(recipe => recipe.name);
    throw new ConfigError(`there is no recipe "${name}"${options.suggestion(name, names)}`);
  }
  return found;
}
