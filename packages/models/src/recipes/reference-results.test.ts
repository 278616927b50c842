import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { getRecipe, type KerasResult, type ResultSpread, recipes, referenceResults } from './index.js';

/** What `tools/golden/recipes.py` wrote. */
interface Golden {
  readonly keras: string;
  readonly seeds: readonly number[];
  readonly recipes: Readonly<
    Record<
      string,
      {
        readonly validation: ResultSpread & { readonly values: readonly number[] };
        readonly test: (ResultSpread & { readonly values: readonly number[] }) | null;
        readonly curves: readonly (readonly number[])[];
      }
    >
  >;
}

const golden = JSON.parse(readFileSync(new URL('../../../../tools/golden/recipes.json', import.meta.url), 'utf8')) as Golden;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[2] as number;

describe('the reference results', () => {
  it('are of all recipes', () => {
    expect(Object.keys(referenceResults)).toEqual(recipes.map(recipe => recipe.name));
    expect(Object.keys(golden.recipes).sort()).toEqual(recipes.map(recipe => recipe.name).sort());
    expect(golden.seeds).toEqual([1, 2, 3, 4, 5]);
  });

  it.each(Object.entries(golden.recipes))('of %s are those of the five runs of Keras', (name, { validation, test, curves }) => {
    const keras = referenceResults[name]?.keras as KerasResult;
    expect(keras.version).toBe(golden.keras);
    expect(keras.validation).toEqual({
      median: median(validation.values),
      min: Math.min(...validation.values),
      max: Math.max(...validation.values),
    });
    expect(keras.test).toEqual(test && { median: median(test.values), min: Math.min(...test.values), max: Math.max(...test.values) });
    expect(curves.map(curve => curve.length)).toEqual(Array(5).fill(getRecipe(name).epochs));
    expect(curves.map(curve => curve.at(-1))).toEqual(validation.values);
  });
});
