import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fashionMnistSample } from '@jogak/samples';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireOrSkip } from '../../../../tools/requirement.js';
import { fashionMnist } from './fashion-mnist.js';

const debian = '/usr/share/datasets/fashion-mnist';
const hasDebian = requireOrSkip(
  'Fashion-MNIST',
  existsSync(`${debian}/train-images-idx3-ubyte.gz`),
  'apt-get install dataset-fashion-mnist puts it into /usr/share/datasets',
);

const countOf = (labels: ArrayLike<number>): number[] => {
  const counts = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < labels.length; i++) counts[labels[i] as number]!++;
  return counts;
};

describe('fashionMnist', () => {
  it.runIf(hasDebian)('reads the published data set, all of it', async () => {
    const { train, test, classNames } = await fashionMnist.loadData({ dataDir: debian });
    expect([train.x.shape, train.x.dtype, train.y.shape]).toEqual([[60000, 28, 28, 1], 'uint8', [60000]]);
    expect([test.x.shape, test.y.shape]).toEqual([[10000, 28, 28, 1], [10000]]);
    // The data set's page: 6,000 and 1,000 images a class; it begins with an ankle boot, a T-shirt, a T-shirt.
    expect(countOf(train.y.data as Uint8Array)).toEqual(Array(10).fill(6000));
    expect(countOf(test.y.data as Uint8Array)).toEqual(Array(10).fill(1000));
    expect(Array.from((train.y.data as Uint8Array).slice(0, 3), label => classNames[label])).toEqual([
      'Ankle boot',
      'T-shirt/top',
      'T-shirt/top',
    ]);
    // Mean and standard deviation of its pixels, as everyone normalises them: 0.2860 and 0.3530.
    const mean = (train.x.data as Uint8Array).reduce((sum, pixel) => sum + pixel, 0) / train.x.data.length / 255;
    expect(mean).toBeCloseTo(0.286, 4);
  });

  it('reads the embedded sample: as many of each class', async () => {
    const { train, test } = await fashionMnist.loadData({ source: fashionMnistSample });
    expect([train.x.shape, test.x.shape]).toEqual([
      [6000, 28, 28, 1],
      [1000, 28, 28, 1],
    ]);
    expect(countOf(train.y.data as Uint8Array)).toEqual(Array(10).fill(600));
    expect(countOf(test.y.data as Uint8Array)).toEqual(Array(10).fill(100));
  });
});

/** Files of two training images and one test image, gzipped. */
function tinyFiles(): Record<string, Uint8Array> {
  const images = (count: number): Uint8Array =>
    Uint8Array.of(0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 28, 0, 0, 0, 28, ...Array(784 * count).fill(7));
  return {
    'train-images-idx3-ubyte.gz': gzipSync(images(2)),
    'train-labels-idx1-ubyte.gz': gzipSync(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 9, 0)),
    't10k-images-idx3-ubyte.gz': gzipSync(images(1)),
    't10k-labels-idx1-ubyte.gz': gzipSync(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 3)),
  };
}

describe('fashionMnist, from a folder', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jogak-'));
    for (const [name, bytes] of Object.entries(tinyFiles())) await writeFile(join(folder, name), bytes);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const load = () => fashionMnist.loadData({ dataDir: folder });
  const path = (name: string): string => join(folder, name);
  const bytesOf = (name: string): Uint8Array => readFileSync(path(name));

  it('takes a smaller set of the same form, and files without .gz', async () => {
    await rm(path('t10k-labels-idx1-ubyte.gz'));
    await writeFile(path('t10k-labels-idx1-ubyte'), Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 3));
    const { train, test } = await load();
    expect(train.x.shape).toEqual([2, 28, 28, 1]);
    expect([...(test.y.data as Uint8Array)]).toEqual([3]);
  });

  it('looks nowhere else: a missing file is an error', async () => {
    await rm(path('train-labels-idx1-ubyte.gz'));
    await expect(load()).rejects.toMatchObject({
      name: 'DataError',
      code: 'data-missing',
      message:
        `fashion-mnist: ${folder} has no train-labels-idx1-ubyte.gz and no train-labels-idx1-ubyte; ` +
        'put the files of https://github.com/zalandoresearch/fashion-mnist there, or name no folder to have them downloaded',
    });
  });

  it('says that a file is truncated', async () => {
    const name = 'train-images-idx3-ubyte.gz';
    await writeFile(path(name), bytesOf(name).slice(0, -9));
    await expect(load()).rejects.toMatchObject({
      name: 'FormatError',
      code: 'format',
      message:
        `${path(name)} is truncated or corrupted: it cannot be unpacked (unexpected end of file). ` +
        'Take the file from https://github.com/zalandoresearch/fashion-mnist again, or, if it is in the cache, delete it to have it downloaded again',
    });
  });

  it('says that a file is corrupted', async () => {
    const name = 'train-labels-idx1-ubyte.gz';
    const bytes = bytesOf(name);
    bytes[bytes.length - 5]! ^= 1;
    await writeFile(path(name), bytes);
    await expect(load()).rejects.toThrow(
      `${path(name)} is corrupted, or has bytes after its end: its length and CRC-32 do not match what it holds`,
    );
  });

  it('says that a file holds something else', async () => {
    await writeFile(path('train-images-idx3-ubyte.gz'), bytesOf('train-labels-idx1-ubyte.gz'));
    await expect(load()).rejects.toThrow(`${path('train-images-idx3-ubyte.gz')} holds uint8 [2]; expected images, uint8 [n, 28, 28]`);
  });

  it('says that images and labels do not belong together', async () => {
    await writeFile(path('train-images-idx3-ubyte.gz'), bytesOf('t10k-images-idx3-ubyte.gz'));
    await expect(load()).rejects.toThrow(
      `${path('train-images-idx3-ubyte.gz')} has 1 images and ${path('train-labels-idx1-ubyte.gz')} 2 labels: they do not belong together`,
    );
  });

  it('names the label that is no class', async () => {
    await writeFile(path('t10k-labels-idx1-ubyte.gz'), gzipSync(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 10)));
    await expect(load()).rejects.toThrow(`${path('t10k-labels-idx1-ubyte.gz')}: label 0 is 10; there are classes 0 to 9`);
  });

  it('knows its options', async () => {
    await expect(fashionMnist.loadData({ dataDri: folder } as object)).rejects.toThrow(
      'fashionMnist.loadData: there is no option "dataDri"; did you mean "dataDir"?',
    );
    await expect(fashionMnist.loadData({ dataDir: folder, source: fashionMnistSample })).rejects.toThrow(
      'fashionMnist.loadData: the data come from one place; got dataDir and source',
    );
  });
});
