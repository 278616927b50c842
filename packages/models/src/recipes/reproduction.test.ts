import { describe, expect, it } from 'vitest';
import { getRecipe, isReproduced, type ReferenceResult, referenceResults, resultBar, resultSpread } from './index.js';

const recipe = getRecipe('imdb-lstm');
const bar = resultBar(referenceResults[recipe.name] as ReferenceResult) as number;

/** Runs that end at these accuracies. */
const curves = (ends: readonly number[], epochs = recipe.epochs): number[][] => ends.map(end => [...Array(epochs - 1).fill(0.6), end]);

describe('the spread of results', () => {
  it('is median, least and greatest, in any order', () => {
    expect(resultSpread([0.4, 0.1, 0.3])).toEqual({ median: 0.3, min: 0.1, max: 0.4 });
    expect(resultSpread([4, 1, 2, 8])).toEqual({ median: 3, min: 1, max: 8 });
    expect(resultSpread([])).toBeNull();
  });
});

describe('a recipe', () => {
  it('has a bar of one point less than the median of Keras', () => {
    const keras = { version: '3', validation: { median: 0.9163, min: 0.9, max: 0.92 }, test: null };
    expect(resultBar({ keras, course: null })).toBe(0.9063);
    expect(resultBar({ keras: null, course: null })).toBeNull();
  });

  it('is reproduced when the median is at the bar, and not below it', () => {
    expect(isReproduced(recipe, curves([0, 0, bar, 1, 1]))).toBe(true);
    expect(isReproduced(recipe, curves([0, 0, bar - 1e-4, 1, 1]))).toBe(false);
  });

  it('is not judged by fewer than five runs, nor by runs of other epochs', () => {
    expect(isReproduced(recipe, curves([1, 1, 1, 1]))).toBeNull();
    expect(isReproduced(recipe, curves([1, 1, 1, 1, 1], 9))).toBeNull();
  });
});
