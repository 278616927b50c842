import type { Recipe } from './recipe.js';
import { type ReferenceResult, type ResultSpread, referenceResults } from './reference-results.js';

/** Runs that a judgement takes: as many as the reference's figures are of. */
const runsToJudge = 5;

/** Median, least and greatest of results; null of none. */
export function resultSpread(results: readonly number[]): ResultSpread | null {
  if (results.length === 0) return null;
  const sorted = [...results].sort((a, b) => a - b);
  const [low, high] = [Math.floor, Math.ceil].map(round => sorted[round((sorted.length - 1) / 2)] as number) as [number, number];
  return { median: (low + high) / 2, min: sorted[0] as number, max: sorted.at(-1) as number };
}

/** What the median of a recipe's results has to reach: Keras' median less one point; null where Keras has not been asked. */
export function resultBar({ keras }: ReferenceResult): number | null {
  if (!keras) return null;
  // The median has four digits after the point; in binary, the difference may have more.
  return Math.round((keras.validation.median - 0.01) * 1e4) / 1e4;
}

/**
 * Whether runs reproduce a recipe: the median of what they end at reaches {@link resultBar}.
 *
 * @param curves validation accuracy after every epoch, of runs with different seeds
 * @returns null where that cannot be said: of fewer than five runs, of other epochs than the recipe's, or without a bar
 */
export function isReproduced({ name, epochs }: Pick<Recipe, 'name' | 'epochs'>, curves: readonly (readonly number[])[]): boolean | null {
  const reference = referenceResults[name];
  const bar = reference ? resultBar(reference) : null;
  if (bar === null || curves.length < runsToJudge || curves.some(curve => curve.length !== epochs)) return null;
  const { median } = resultSpread(curves.map(curve => curve.at(-1) as number)) as ResultSpread;
  return median >= bar;
}
