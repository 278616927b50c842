import { readFileSync } from 'node:fs';
import { getRecipe } from '@jogak/models';
import { DataError } from '@jogak/ops';
import { afterAll, describe, expect, it } from 'vitest';
import { buildNetwork } from '../networks/index.js';
import { FileStore } from './file-store.js';
import { rawData } from './raw.js';
import { syntheticSource } from './recipe-data.js';
import { syntheticImages, syntheticTexts } from './synthetic.js';

const files = new FileStore();
afterAll(() => files.remove());

/** Samples as text, in an order that does not depend on theirs. */
const sorted = (values: ArrayLike<number>, size: number): string[] =>
  Array.from({ length: values.length / size }, (_, row) => Array.from({ length: size }, (_, i) => values[row * size + i]).join()).sort();

describe('data for the peers', () => {
  it('are the pixels that the recipe trains on, as bytes again', async () => {
    const { x, y } = await rawData(syntheticSource(getRecipe('fashion-cnn'), 50), { kind: 'pixels' });
    expect([x.shape, y.length]).toEqual([[50, 28, 28, 1], 50]);
    expect(sorted(x.data, 784)).toEqual(sorted(syntheticImages(50).x.data as Uint8Array, 784));
  });

  it('are the words, of one-hot vectors too', async () => {
    for (const [name, kind, numWords] of [
      ['imdb-rnn', { kind: 'one-hot', depth: 100 }, 100],
      ['imdb-lstm', { kind: 'ids' }, 1000],
    ] as const) {
      const { x } = await rawData(syntheticSource(getRecipe(name), 40), kind);
      expect(x.shape).toEqual([40, 100]);
      expect(sorted(x.data, 100)).toEqual(sorted(syntheticTexts(40, numWords).x.data as Int32Array, 100));
    }
  });

  it("are filled up in front, and as long as IMDB's at the median", () => {
    const { x } = syntheticTexts(1001, 100);
    const lengths = Array.from({ length: 1001 }, (_, row) => {
      const words = [...(x.data as Int32Array).subarray(row * 100, row * 100 + 100)];
      expect(words.findIndex(id => id > 0) + words.filter(id => id > 0).length).toBe(100);
      return words.filter(id => id > 0).length;
    }).sort((a, b) => a - b);
    // 36 in the real ones; of a thousand random ones within two.
    expect(Math.abs((lengths[500] as number) - 36)).toBeLessThanOrEqual(2);
    expect(Math.max(...(x.data as Int32Array))).toBeLessThan(100);
  });
});

describe('the files', () => {
  it('hold the numbers as they are in memory', () => {
    const file = files.write('a/b', Float32Array.of(1, -2.5, 3), [3, 1]);
    expect(file).toMatchObject({ dtype: 'float32', shape: [3, 1] });
    expect([...new Float32Array(Uint8Array.from(readFileSync(file.path)).buffer)]).toEqual([1, -2.5, 3]);
  });

  it('are of the shape they are said to be', () =>
    expect(() => files.write('a', Float32Array.of(1), [2, 1])).toThrow(new DataError('a: an array of shape [2, 1] has 2 elements; got 1')));

  it('have the weights by layer and name, in the order in which layers take them', () => {
    const model = buildNetwork('imdb-lstm');
    const weights = files.writeWeights('w', model);
    model.dispose();
    expect(Object.entries(weights).map(([layer, named]) => [layer, ...Object.keys(named)])).toEqual([
      ['embedding', 'embeddings'],
      ['lstm', 'kernel', 'recurrent_kernel', 'bias'],
      ['dense', 'kernel', 'bias'],
    ]);
    expect(weights.lstm?.kernel?.shape).toEqual([32, 32]);
  });
});
