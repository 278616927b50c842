import { existsSync } from 'node:fs';
import { type Batch, ConfigError, type HostArray, hostArray, setRandomSeed } from '@jogak/ops';
import { fashionMnistSample, spamSample } from '@jogak/samples';
import { describe, expect, it } from 'vitest';
import { requireOrSkip } from '../../../../tools/requirement.js';
import { hasSharedData, sharedData } from '../../../../tools/shared-data.js';
import { getRecipe, prepareInput, type RecipeData, recipes } from './index.js';

const fashionFolder = '/usr/share/datasets/fashion-mnist';
const hasFashion = requireOrSkip('all of Fashion-MNIST', existsSync(fashionFolder), "install Debian's package dataset-fashion-mnist");
const hasReviews = requireOrSkip('IMDB', hasSharedData('imdb.npz'), {
  never: 'its tests read reviews that this project may not hand on; set JOGAK_SHARED_DATA to a folder with imdb.npz to run them',
});

/** Labels of a source's batches, one after another. */
async function labelsOf({ batches }: RecipeData['train'], epoch = 0): Promise<number[]> {
  const labels: number[] = [];
  for await (const batch of batches(epoch)) labels.push(...((batch.y as HostArray).data as Uint8Array));
  return labels;
}

const shares = (labels: readonly number[], classes: number): number[] =>
  Array.from({ length: classes }, (_, label) => labels.filter(value => value === label).length / labels.length);

async function firstBatch(data: RecipeData): Promise<Batch> {
  for await (const batch of data.train.batches(0)) return batch;
  throw new Error('there is no batch');
}

describe('recipes', () => {
  it.each(recipes)('$name has the design’s number of weights, $parameters', recipe => {
    const model = recipe.build();
    expect(model.countParams()).toBe(recipe.parameters);
    model.dispose();
  });

  it('have the layers’ weights that the course prints', () => {
    const counts = (name: string): number[] =>
      getRecipe(name)
        .build()
        .layers.map(layer => layer.countParams());
    expect(counts('fashion-cnn')).toEqual([100, 0, 0, 196_100, 1_010]);
    expect(counts('imdb-rnn')).toEqual([4_256, 33]);
  });

  it('are found by name, and a wrong name by the nearest', () => {
    expect(getRecipe('imdb-lstm').name).toBe('imdb-lstm');
    expect(() => getRecipe('fashion-cmn')).toThrow(new ConfigError('there is no recipe "fashion-cmn"; did you mean "fashion-cnn"?'));
  });

  it('split the sample of Fashion-MNIST as the quickstart says', async () => {
    const data = await getRecipe('fashion-cnn').loadData({ seed: 1, source: fashionMnistSample });
    expect([data.trainSamples, data.validationSamples, data.test, data.train.steps]).toEqual([6000, 1000, null, 188]);
    expect(shares(await labelsOf(data.validation), 10)).toEqual(Array(10).fill(0.1));
    expect(await labelsOf(data.train, 0)).not.toEqual(await labelsOf(data.train, 1));
    const { x } = await firstBatch(data);
    expect([(x as HostArray).shape, (x as HostArray).dtype]).toEqual([[32, 28, 28, 1], 'float32']);
    expect(Math.max(...((x as HostArray).data as Float32Array))).toBe(1);
  });

  it('drop the batch that is not full where the course does', async () => {
    const data = await getRecipe('convolution-network').loadData({ seed: 1, source: fashionMnistSample });
    expect([data.train.steps, (await labelsOf(data.train)).length]).toEqual([46, 46 * 128]);
  });

  it('split the mails 80 to 20, by class', async () => {
    const data = await getRecipe('spam-lstm').loadData({ seed: 1, source: spamSample });
    expect([data.trainSamples, data.validationSamples]).toEqual([3200, 800]);
    const [train, validation] = [shares(await labelsOf(data.train), 2), shares(await labelsOf(data.validation), 2)];
    expect(Math.abs((train[1] as number) - (validation[1] as number))).toBeLessThan(0.001);
  });

  it.runIf(hasFashion)('split all of Fashion-MNIST 48,000 to 12,000, by class, and take the first of the training part', async () => {
    const options = { seed: 1, dataDir: fashionFolder };
    const data = await getRecipe('fashion-cnn').loadData(options);
    expect([data.trainSamples, data.validationSamples, data.test?.samples]).toEqual([48_000, 12_000, 10_000]);
    expect(shares(await labelsOf(data.validation), 10)).toEqual(Array(10).fill(0.1));
    const part = await getRecipe('fashion-cnn').loadData({ ...options, trainSamples: 320 });
    expect([part.trainSamples, part.validationSamples, part.train.steps]).toEqual([320, 12_000, 10]);
  });

  it.runIf(hasReviews)('split IMDB 20,000 to 5,000 and make ids one-hot as batches are made', async () => {
    const data = await getRecipe('imdb-rnn').loadData({ seed: 1, dataDir: sharedData });
    expect([data.trainSamples, data.validationSamples, data.test?.samples]).toEqual([20_000, 5_000, 25_000]);
    const x = (await firstBatch(data)).x as HostArray;
    expect(x.shape).toEqual([32, 100, 100]);
    for (let row = 0; row < 3200; row++) {
      const step = x.data.subarray(100 * row, 100 * (row + 1)) as Float32Array;
      expect(step.reduce((sum, value) => sum + value, 0)).toBe(1);
      // Ids 1 to 19 are marks and words too common to tell anything.
      expect(step.subarray(1, 20).some(Boolean)).toBe(false);
    }
    expect(data.format.kind === 'text' && data.format.vocabulary?.movie).toBe(20);
  });

  it.runIf(hasReviews)('train on IMDB: every recurrent recipe gets better within a few steps', { timeout: 120_000 }, async () => {
    for (const name of ['recurrent-network', 'imdb-rnn', 'imdb-embedding-rnn', 'imdb-lstm']) {
      const recipe = getRecipe(name);
      setRandomSeed(1);
      const data = await recipe.loadData({ seed: 1, dataDir: sharedData, trainSamples: 64 });
      const model = recipe.build();
      const { history } = await model.fit(data.train, { epochs: 6 });
      expect((history.loss as number[]).at(-1), name).toBeLessThan(history.loss?.[0] as number);
      model.dispose();
    }
  });
});

describe('prepareInput', () => {
  it('scales pixels, makes ids one-hot, standardizes tables', () => {
    const image = prepareInput(hostArray(Uint8Array.of(0, 51, 255), [1, 3]), {
      kind: 'image',
      height: 1,
      width: 3,
      channels: 1,
      scale: 1 / 255,
      brightOnDark: true,
    });
    expect([...(image.data as Float32Array)].map(value => Math.round(value * 1e6))).toEqual([0, 200_000, 1_000_000]);
    const text = prepareInput(hostArray(Int32Array.of(2, 0), [1, 2]), { kind: 'text', steps: 2, oneHot: 3, vocabulary: null });
    expect([text.shape, [...(text.data as Float32Array)]]).toEqual([
      [1, 2, 3],
      [0, 0, 1, 1, 0, 0],
    ]);
    const table = prepareInput(hostArray(Float32Array.of(1, 10, 3, 30), [2, 2]), {
      kind: 'table',
      columns: ['a', 'b'],
      mean: [2, 20],
      deviation: [1, 10],
    });
    expect([...(table.data as Float32Array)]).toEqual([-1, -1, 1, 1]);
  });
});
