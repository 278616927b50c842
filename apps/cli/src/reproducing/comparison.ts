import { getRecipe, isReproduced, type ReferenceResult, type ResultSpread, referenceResults, resultBar, resultSpread } from '@jogak/models';
import type { RunResult } from './results.js';

/** A recipe's results beside those of others. */
export interface Comparison {
  readonly recipe: string;
  /** How many runs there are. */
  readonly runs: number;
  /** Validation accuracy after the last epoch; null without runs. */
  readonly validation: ResultSpread | null;
  /** Test accuracy; null without runs, or where the data have no test part. */
  readonly test: ResultSpread | null;
  readonly reference: ReferenceResult;
  /** What the median has to reach: Keras' median less one point; null without Keras' figures. */
  readonly bar: number | null;
  /** Whether it does; null where that cannot be said: too few runs, other epochs than the recipe's, or no bar. */
  readonly met: boolean | null;
  /** Whether the runs have other epochs than the recipe says, and so are no reproduction of it. */
  readonly shortened: boolean;
  /** Median of the runs' medians, validation included. */
  readonly secondsPerEpoch: number | null;
}

/** Sets the results of a recipe's runs beside the reference's. */
export function compareWithReference(recipe: string, runs: readonly RunResult[]): Comparison {
  const reference = referenceResults[recipe];
  if (!reference) throw new RangeError(`there are no reference results of "${recipe}"`);
  const shortened = runs.some(run => run.validation.length !== getRecipe(recipe).epochs);
  return {
    recipe,
    runs: runs.length,
    validation: resultSpread(runs.map(run => run.validation.at(-1) as number)),
    test: resultSpread(runs.flatMap(run => run.test ?? [])),
    reference,
    bar: resultBar(reference),
    met: isReproduced(
      getRecipe(recipe),
      runs.map(run => run.validation),
    ),
    shortened,
    secondsPerEpoch: resultSpread(runs.flatMap(run => run.secondsPerEpoch ?? []))?.median ?? null,
  };
}
