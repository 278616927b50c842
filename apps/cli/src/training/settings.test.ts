import { describe, expect, it } from 'vitest';
import type { TrainOptions } from '../commands/train.js';
import { settle } from './settings.js';

describe('the settings of a run', () => {
  it("are the recipe's where nothing is said", async () => {
    const { settings } = await settle({ recipe: 'convolution-network' });
    expect(settings).toMatchObject({ epochs: 20, batchSize: 128, seed: 1, checkpointEvery: 1, backend: 'simd' });
    expect(settings.out).toMatch(/^runs[/\\]convolution-network-\d{8}-\d{6}$/);
  });

  it.each<[TrainOptions, string]>([
    [{}, 'say what to train: jogak train RECIPE, --images FOLDER or --csv FILE; jogak train --help lists the recipes'],
    [{ recipe: 'fashion-cnn', csv: 'x.csv' }, 'give one of RECIPE, --images and --csv'],
    [{ recipe: 'fashion-cm' }, 'there is no recipe "fashion-cm"; did you mean "fashion-cnn"?'],
    [
      { recipe: 'imdb-lstm', sample: true },
      'imdb-lstm has no embedded sample; these recipes have: convolution-network, fashion-cnn, fashion-cnn-dropout, spam-lstm',
    ],
    [{ recipe: 'fashion-cnn', sample: true, data: 'x' }, 'give --data or --sample, not both: the data come from one place'],
    [{ csv: 'x.csv', sample: true }, '--sample goes with a recipe'],
    [{ images: 'x', data: 'y' }, '--data goes with a recipe'],
    [{ recipe: 'fashion-cnn', label: 'x' }, '--label goes with --csv'],
    [{ recipe: 'fashion-cnn', imageSize: 8 }, '--image-size goes with --images'],
    [{ recipe: 'fashion-cnn', resume: true }, '--resume goes on with the run in --out: say which, as --out DIR'],
    [
      { recipe: 'fashion-cnn', out: 'x', resume: true, overwrite: true },
      'give --resume or --overwrite, not both: a run is gone on with, or replaced',
    ],
    [
      { recipe: 'fashion-cnn', backend: 'cpu', threads: 2 },
      '--threads 2: the backend cpu computes on one thread; take --backend simd, or leave it out',
    ],
    [
      { recipe: 'fashion-cnn', backend: 'cpu', deterministic: true },
      "--deterministic: the backend cpu uses JavaScript's Math, whose last bits differ between engines; take --backend simd, or leave it out",
    ],
  ])('cannot be %j', async (options, message) => {
    await expect(settle(options)).rejects.toMatchObject({ name: 'UsageError', message });
  });
});
