import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import * as jogak from './index.js';

const golden = JSON.parse(readFileSync(new URL('../../../tools/golden/imdb_lstm.json', import.meta.url), 'utf8')) as {
  loss: number;
  weights: { stride: number; values: number[] }[];
};
const [batches, batchSize, steps, words] = [60, 32, 100, 1000];

/** The generator of tools/golden/imdb_lstm.py: numbers from 0 to below 1. */
function generator(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The mean loss of 60 steps of the recipe, and its weights after them, from the first weights and on the texts of the golden run. */
async function trained(): Promise<{ loss: number; weights: number[][] }> {
  const draw = generator();
  const model = jogak.getRecipe('imdb-lstm').build();
  const first = model.weights.map(({ shape }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return jogak.hostArray(
      Float32Array.from({ length: size }, () => draw() / 2 - 0.25),
      shape,
    );
  });
  model.setWeights(first);
  const texts = new Int32Array(batches * batchSize * steps);
  for (let row = 0; row < batches * batchSize; row++) {
    for (let step = row % 60; step < steps; step++) texts[row * steps + step] = 20 + Math.floor(draw() * (words - 20));
  }
  const labels = Int32Array.from({ length: batches * batchSize }, (_, row) => Number((texts[row * steps + steps - 1] as number) >= 510));
  const { history } = await model.fit(
    jogak.hostArray(texts, [batches * batchSize, steps]),
    jogak.hostArray(labels, [batches * batchSize]),
    { batchSize, shuffle: false },
  );
  const weights = model.weights.map(({ value }) => [...value.dataSync()]);
  model.dispose();
  return { loss: history.loss?.[0] as number, weights };
}

describe('the recipe imdb-lstm takes the steps that Keras takes in float64', () => {
  afterAll(() => jogak.simd.configureSimd({}));

  it.each([
    { backend: 'cpu', options: {} },
    { backend: 'simd', options: { kernels: 'plain', threads: 1 } },
    { backend: 'simd', options: { threads: 2 } },
  ] as const)('$backend $options', async ({ backend, options }) => {
    jogak.simd.configureSimd(options);
    await jogak.setBackend(backend);
    if (backend === 'simd') await jogak.simd.ready();
    const { loss, weights } = await trained();
    // Of a loss of 0.7, a few roundings to float32.
    expect(Math.abs(loss - golden.loss)).toBeLessThan(3e-7);
    for (const [index, { stride, values }] of golden.weights.entries()) {
      const ours = (weights[index] ?? []).filter((_, i) => i % stride === 0);
      expect(ours.length).toBe(values.length);
      // Ten times what was found. The steps changed every weight by up to 0.03: a term left out of one of them would show.
      expect(Math.max(...values.map((value, i) => Math.abs((ours[i] as number) - value))), `weight ${index}`).toBeLessThan(1e-6);
    }
  });
});
