import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dataSets, fetchDataSet, verifyDataSet } from './data-sets.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jogak-'));
  vi.stubEnv('JOGAK_CACHE_DIR', folder);
  vi.stubEnv('JOGAK_DATA_DIR', '');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe('data sets', () => {
  it('have distinct names, and files with a checksum', () => {
    expect(dataSets.map(({ name }) => name)).toEqual(['fashion-mnist', 'mnist', 'imdb', 'spam']);
    expect(dataSets.flatMap(({ files }) => files).every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
  });

  it.runIf(existsSync('/usr/share/datasets/fashion-mnist'))('are found where the system keeps them', async () => {
    expect((await fetchDataSet('fashion-mnist'))[1]).toEqual({
      name: 'train-labels-idx1-ubyte.gz',
      where: '/usr/share/datasets/fashion-mnist/train-labels-idx1-ubyte.gz',
    });
    expect(await verifyDataSet('fashion-mnist')).toEqual({ name: 'fashion-mnist', status: 'present' });
  });

  it('are verified without a download', async () => {
    expect(await verifyDataSet('mnist')).toEqual({ name: 'mnist', status: 'missing', problem: 'fetch it with: jogak data fetch mnist' });
    expect(await verifyDataSet('spam')).toEqual({ name: 'spam', status: 'sample-only' });
    await mkdir(join(folder, 'mnist'));
    await writeFile(join(folder, 'mnist', 'mnist.npz'), 'not a zip file');
    expect(await verifyDataSet('mnist')).toEqual({
      name: 'mnist',
      status: 'damaged',
      problem:
        `${join(folder, 'mnist', 'mnist.npz')} is not a zip file, is truncated, or has bytes after its end: the record that ends one is not there. ` +
        'Take the file from http://yann.lecun.com/exdb/mnist again, or, if it is in the cache, delete it to have it downloaded again',
    });
    expect(await verifyDataSet('mnist', { dataDir: join(folder, 'empty') })).toMatchObject({ status: 'missing' });
  });

  it('are known by name', async () => {
    await expect(fetchDataSet('fasion-mnist')).rejects.toThrow('there is no data set "fasion-mnist"; did you mean "fashion-mnist"?');
    await expect(fetchDataSet('spam')).rejects.toThrow(
      'spam has no files to fetch: it is the sample spamSample of @jogak/samples (--sample)',
    );
  });
});
