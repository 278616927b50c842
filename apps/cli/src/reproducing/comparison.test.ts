import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { compareWithReference } from './comparison.js';
import { comparisonText } from './comparison-table.js';
import type { RunResult } from './results.js';

const machine = { processor: 'P', cores: 2, backend: 'simd', threads: 2, node: '24.1.0' };

/** Runs of imdb-lstm that end at these accuracies. */
const runs = (accuracies: readonly number[], epochs = 10): RunResult[] =>
  accuracies.map((accuracy, index) => ({
    recipe: 'imdb-lstm',
    seed: index + 1,
    validation: [...Array<number>(epochs - 1).fill(0.6), accuracy],
    test: accuracy,
    secondsPerEpoch: index === 0 ? null : index,
    machine,
    date: '2026-01-31',
  }));

describe('a comparison with the reference', () => {
  it('says what is missing for a judgement', () => {
    expect(compareWithReference('imdb-lstm', runs([1, 1, 1, 1]))).toMatchObject({ met: null, shortened: false, runs: 4 });
    expect(compareWithReference('imdb-lstm', runs([1, 1, 1, 1, 1], 9))).toMatchObject({ met: null, shortened: true });
    expect(compareWithReference('imdb-lstm', [])).toMatchObject({ met: null, validation: null, test: null, secondsPerEpoch: null });
  });

  it('takes the times of the runs that were timed', () => {
    expect(compareWithReference('imdb-lstm', runs([1, 1, 1, 1, 1])).secondsPerEpoch).toBe(2.5);
  });
});

describe('the table', () => {
  it('has the spreads where there is room', () => {
    const results = runs([0.9, 0.9, 0.9, 0.95, 0.85]);
    // Where colours are forced, the verdict has one.
    const text = stripVTControlCharacters(comparisonText([compareWithReference('imdb-lstm', results)], results, 200));
    expect(text).toMatch(/^ {2}imdb-lstm {2}0\.9000 \(0\.8500–0\.9500\) {2}0\.\d{4} \(0\.\d{4}–0\.\d{4}\) .* met /m);
    expect(text).toContain('Computed on P, 2 cores; backend simd, 2 threads; Node 24.1.0.');
  });

  it('says why a recipe is not judged', () => {
    const few = runs([0.9]);
    expect(comparisonText([compareWithReference('imdb-lstm', few)], few, 80)).toContain(
      'imdb-lstm is not judged: that takes five runs, and there is 1.',
    );
    const short = runs([0.9], 1);
    expect(comparisonText([compareWithReference('imdb-lstm', short)], short, 80)).toContain(
      "imdb-lstm is not judged: its runs do not have the recipe's epochs.",
    );
  });
});
