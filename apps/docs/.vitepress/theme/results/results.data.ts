// What the results page shows: runs of `jogak reproduce`, recorded in recipes/results.json, beside Keras' and the course's.
import { readFileSync } from 'node:fs';
import { isReproduced, type ReferenceResult, type ResultSpread, recipes, referenceResults, resultBar, resultSpread } from '@jogak/models';

/** Runs of one recipe. */
export interface RecipeResults {
  readonly reference: ReferenceResult;
  /** What the median has to reach; null where Keras has not been asked. */
  readonly bar: number | null;
  /** Whether it does; null where too few runs have been recorded, or there is no bar. */
  readonly reproduced: boolean | null;
  /** Validation accuracy after the last epoch; null where no run has been recorded. */
  readonly validation: ResultSpread | null;
  readonly test: ResultSpread | null;
  /** Validation accuracy after every epoch, one list a seed. */
  readonly curves: readonly (readonly number[])[];
  readonly seeds: readonly number[];
  /** Median over the five seeds, after every epoch. */
  readonly kerasCurve: readonly number[];
  readonly secondsPerEpoch: number | null;
  /** What the runs were computed on, each once, in words. */
  readonly machines: readonly string[];
  /** The days of the runs, each once. */
  readonly dates: readonly string[];
}

/** A run as `jogak reproduce` writes it. */
interface RecordedRun {
  readonly recipe: string;
  readonly seed: number;
  readonly validation: readonly number[];
  readonly test: number | null;
  readonly secondsPerEpoch: number | null;
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    readonly backend: string;
    readonly threads: number;
    readonly node: string;
    /** What else is to be known of it, such as other work that it had. */
    readonly note?: string;
  };
  readonly date: string;
}

const ours = new URL('../../../recipes/results.json', import.meta.url);
const keras = new URL('../../../../../tools/golden/recipes.json', import.meta.url);

const read = (file: URL): unknown => JSON.parse(readFileSync(file, 'utf8'));
const once = (words: readonly string[]): string[] => [...new Set(words)];
const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

function machineText({ processor, cores, backend, threads, node, note }: RecordedRun['machine']): string {
  const more = note === undefined ? '' : `, ${note}`;
  return `${counted(cores, 'core')} of ${processor}, backend ${backend} on ${counted(threads, 'thread')}, Node ${node}${more}`;
}

function load(): typeof data {
  const { runs } = read(ours) as { runs: RecordedRun[] };
  const { recipes: kerasRuns } = read(keras) as { recipes: Record<string, { curves: number[][] }> };
  return Object.fromEntries(
    recipes.map(recipe => {
      const own = runs.filter(run => run.recipe === recipe.name).sort((a, b) => a.seed - b.seed);
      const curves = own.map(run => run.validation);
      const reference = referenceResults[recipe.name] as ReferenceResult;
      const kerasCurves = kerasRuns[recipe.name]?.curves ?? [];
      const results: RecipeResults = {
        reference,
        bar: resultBar(reference),
        reproduced: isReproduced(recipe, curves),
        validation: resultSpread(curves.map(curve => curve.at(-1) as number)),
        test: resultSpread(own.flatMap(run => run.test ?? [])),
        curves,
        seeds: own.map(run => run.seed),
        kerasCurve: (kerasCurves[0] ?? []).map(
          (_, epoch) => resultSpread(kerasCurves.map(curve => curve[epoch] as number))?.median as number,
        ),
        secondsPerEpoch: resultSpread(own.flatMap(run => run.secondsPerEpoch ?? []))?.median ?? null,
        machines: once(own.map(run => machineText(run.machine))),
        dates: once(own.map(run => run.date)),
      };
      return [recipe.name, results];
    }),
  );
}

declare const data: { readonly [recipe: string]: RecipeResults };

export { data };

export default { watch: ['../../../recipes/results.json', '../../../../../tools/golden/recipes.json'], load };
