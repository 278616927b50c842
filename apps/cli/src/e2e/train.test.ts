import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { settle } from '../training/settings.js';
import { debianFiles, hasDebianFiles } from './debian-files.testing.js';
import { events, jogak, temporaryFolder } from './jogak.testing.js';
import { writeImages, writeTable } from './own-data.testing.js';

let folder = '';
let table = '';
beforeAll(async () => {
  folder = await temporaryFolder();
  table = await writeTable(join(folder, 'table.csv'));
});

const quick = ['train', 'fashion-cnn', '--sample', '--train-samples', '64', '--epochs', '1'];

describe('jogak train', () => {
  it('prints events with the keys that programs rely on, and nothing else', async () => {
    const { code, out, err } = await jogak([...quick, '--out', 'json', '--json'], { cwd: folder });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [start, epoch, end, ...others] = events(out) as [object, object, object];
    expect(others).toEqual([]);
    expect(start).toEqual({
      event: 'start',
      recipe: 'fashion-cnn',
      backend: 'simd',
      threads: 2,
      trainSamples: 64,
      validationSamples: 1000,
      parameters: 197_210,
      seed: 1,
    });
    expect(Object.keys(epoch)).toEqual(
      'event epoch epochs seconds trainSeconds samplesPerSecond loss accuracy val_loss val_accuracy'.split(' '),
    );
    expect(epoch).toMatchObject({ event: 'epoch', epoch: 1, epochs: 1 });
    expect(Object.keys(end)).toEqual(['event', 'seconds', 'peakMemoryBytes', 'out']);
    expect(end).toMatchObject({ event: 'end', out: 'json' });
  });

  it('leaves model, history, picture and config', async () => {
    const run = join(folder, 'files');
    const { code, out } = await jogak(['train', '--csv', table, '--epochs', '1', '--out', run]);
    expect(code).toBe(0);
    expect(out).toContain('csv: 1,251 parameters, 48 samples to train on, 12 to validate\nbackend simd on 2 threads, seed 1\nEpoch 1/1\n');
    const names = (await readdir(run)).map(name => name.replace(/weights\..*\.bin/, 'weights.bin')).sort();
    expect(names).toEqual(['checkpoint', 'config.json', 'history.csv', 'history.json', 'history.svg', 'model.json', 'weights.bin']);
    const history = JSON.parse(await readFile(join(run, 'history.json'), 'utf8')) as { epoch: number[]; history: Record<string, number[]> };
    expect(history.epoch).toEqual([1]);
    expect(Object.keys(history.history)).toEqual(['loss', 'accuracy', 'val_loss', 'val_accuracy']);
    const [head, row] = (await readFile(join(run, 'history.csv'), 'utf8')).split('\n');
    expect(head).toBe('epoch,loss,accuracy,val_loss,val_accuracy');
    expect(row).toBe(`1,${Object.values(history.history).flat().join(',')}`);
    expect(JSON.parse(await readFile(join(run, 'config.json'), 'utf8'))).toEqual({
      csv: table,
      epochs: 1,
      batchSize: 32,
      backend: 'simd',
      seed: 1,
      checkpointEvery: 1,
    });
  });

  it.runIf(hasDebianFiles)("trains on the files of Debian's package, after the recipe's split", async () => {
    const { code, out } = await jogak(
      ['train', 'fashion-cnn', '--data', debianFiles, '--train-samples', '64', '--epochs', '1', '--json', '--out', 'debian'],
      {
        cwd: folder,
      },
    );
    expect(code).toBe(0);
    expect(events(out)[0]).toMatchObject({ trainSamples: 64, validationSamples: 12_000 });
    expect(events(out).at(-1)).toMatchObject({ event: 'end' });
  });

  it('gives the same model from the config of a run as from its flags', async () => {
    const [first, second] = [join(folder, 'first'), join(folder, 'second')];
    await jogak(['train', '--csv', table, '--epochs', '2', '--seed', '7', '--out', first]);
    expect((await jogak(['train', '--config', join(first, 'config.json'), '--out', second])).code).toBe(0);
    expect(await readFile(join(second, 'model.json'), 'utf8')).toBe(await readFile(join(first, 'model.json'), 'utf8'));
  });

  it('takes options from YAML, under those from flags', async () => {
    const config = join(folder, 'run.yaml');
    await writeFile(config, 'recipe: imdb-lstm\nepochs: 3 # a comment\nbatchSize: 16\n');
    const { settings } = await settle({ config, epochs: 5 });
    expect(settings).toMatchObject({ recipe: 'imdb-lstm', epochs: 5, batchSize: 16, seed: 1 });
  });

  it('prints a config that it takes back', async () => {
    const first = await jogak([...quick, '--print-config']);
    const config = join(folder, 'printed.yaml');
    await writeFile(config, first.out);
    expect((await jogak(['train', '--config', config, '--print-config'])).out).toBe(first.out);
    expect(first.out).toContain('recipe: fashion-cnn\nepochs: 1\nbatchSize: 32\n');
  });
});

describe('jogak train over another run', () => {
  it('refuses, and leaves it as it is, unless --overwrite is given', async () => {
    const run = join(folder, 'taken');
    const again = ['train', '--csv', table, '--epochs', '1', '--seed', '2', '--out', run];
    await jogak(['train', '--csv', table, '--epochs', '1', '--out', run]);
    const first = await bitsOf(run);
    const message = `there is a run in ${run}: go on with it with --resume, replace it with --overwrite, or name another --out`;
    expect(await jogak(again)).toMatchObject({ code: 2, out: '', err: `jogak: ${message}\n` });
    expect(await bitsOf(run)).toEqual(first);
    expect(await jogak([...again, '--overwrite'])).toMatchObject({ code: 0, err: '' });
    expect(await bitsOf(run)).not.toEqual(first);
    const config = JSON.parse(await readFile(join(run, 'config.json'), 'utf8')) as object;
    expect(config).toMatchObject({ seed: 2 });
    expect(config).not.toHaveProperty('overwrite');
  });

  it('prints its settings all the same', async () => {
    const run = join(folder, 'kept');
    await mkdir(run);
    await writeFile(join(run, 'model.json'), '');
    expect((await jogak(['train', '--csv', table, '--out', run, '--print-config'])).code).toBe(0);
  });
});

/** Names of a run's weights files, which are hashes of their bits, and its figures. */
async function bitsOf(run: string): Promise<string[]> {
  return Promise.all(['model.json', 'history.json', 'checkpoint/model.json'].map(name => readFile(join(run, name), 'utf8')));
}

describe('jogak train --resume', () => {
  it('goes on to the same bits as an unbroken run, with drop-out', async () => {
    const [broken, whole] = [join(folder, 'broken'), join(folder, 'whole')];
    const network = ['train', '--images', await writeImages(join(folder, 'images')), '--seed', '3'];
    await jogak([...network, '--epochs', '1', '--out', broken]);
    const resumed = await jogak(['train', '--epochs', '2', '--out', broken, '--resume', '--json']);
    expect(events(resumed.out).map(event => event.epoch)).toEqual([undefined, 2, undefined]);
    await jogak([...network, '--epochs', '2', '--out', whole]);
    expect(await bitsOf(broken)).toEqual(await bitsOf(whole));
  });

  it('makes two runs of two epochs one of four', async () => {
    const [broken, whole] = [join(folder, 'two'), join(folder, 'four')];
    const run = ['train', '--csv', table];
    await jogak([...run, '--epochs', '2', '--out', broken]);
    await jogak([...run, '--epochs', '4', '--out', broken, '--resume']);
    await jogak([...run, '--epochs', '4', '--out', whole]);
    const fewer = await jogak(['train', '--out', whole, '--resume', '--epochs', '2']);
    expect(fewer.err).toBe(`jogak: the run in ${whole} is done: 4 epochs, which is more than --epochs 2\n`);
    expect(await bitsOf(broken)).toEqual(await bitsOf(whole));
  });

  it('starts when there is no checkpoint, and has nothing to do when all is done', async () => {
    const run = join(folder, 'fresh');
    const first = await jogak(['train', '--csv', table, '--epochs', '1', '--out', run, '--resume']);
    expect(first).toMatchObject({ code: 0, err: '' });
    const again = await jogak(['train', '--out', run, '--resume']);
    expect(again).toMatchObject({ code: 0, err: `jogak: the run in ${run} is done: epoch 1 of 1; ask for more with --epochs\n` });
  });

  it('refuses what would make it another run', async () => {
    const run = join(folder, 'fixed');
    await jogak(['train', '--csv', table, '--epochs', '1', '--out', run]);
    await expect(settle({ out: run, resume: true, seed: 5 })).rejects.toMatchObject({
      name: 'UsageError',
      message: `the run in ${run} has --seed 1, not 5: leave it out, or start another run in another --out`,
    });
  });

  it('says that a checkpoint is damaged', async () => {
    const run = join(folder, 'damaged');
    await jogak(['train', '--csv', table, '--epochs', '1', '--out', run]);
    await writeFile(join(run, 'checkpoint', 'model.json'), '{"modelTopology"');
    const { code, err } = await jogak(['train', '--out', run, '--resume', '--epochs', '2']);
    expect(code).toBe(1);
    expect(err).toMatch(/^jogak: .*checkpoint.*\n$/);
  });
});

describe('jogak train --max-time', () => {
  it('stops with checkpoint and files, to be gone on with, and succeeds', async () => {
    const run = join(folder, 'timed');
    const { code, out, err } = await jogak(['train', '--csv', table, '--epochs', '100000', '--max-time', '0.5', '--out', run]);
    expect(code).toBe(0);
    expect(err).toMatch(/^jogak: stopped after epoch \d+ of 100000; go on with: jogak train --out .* --resume\n$/);
    expect(out).toContain('model.json, history.json, history.csv, history.svg and config.json are in');
    const resumed = await jogak(['train', '--out', run, '--resume', '--max-time', '0.2', '--json']);
    const epochs = (JSON.parse(await readFile(join(run, 'history.json'), 'utf8')) as { epoch: number[] }).epoch;
    expect(epochs).toEqual(epochs.map((_, index) => index + 1));
    expect(events(resumed.out).at(-1)).toMatchObject({ event: 'end' });
  });

  it('leaves a model and a checkpoint of the beginning when no epoch was done', async () => {
    const run = join(folder, 'short');
    const { code, out, err } = await jogak(['train', 'fashion-cnn', '--sample', '--max-time', '0.01', '--out', run]);
    expect({ code, err }).toEqual({
      code: 0,
      err: `jogak: stopped before the first epoch was done; go on with: jogak train --out ${run} --resume\n`,
    });
    expect(out).toContain('no epoch was done');
    expect(await readdir(run)).toEqual(expect.arrayContaining(['checkpoint', 'model.json', 'history.json']));
  });
});
