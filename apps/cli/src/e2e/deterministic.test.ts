import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { jogak, temporaryFolder } from './jogak.testing.js';

/** The files of a model, by their bytes. */
async function modelBytes(run: string): Promise<string[]> {
  const names = (await readdir(run)).filter(name => name === 'model.json' || name.endsWith('.bin')).sort();
  return Promise.all(names.map(async name => `${name}: ${(await readFile(join(run, name))).toString('base64')}`));
}

it.each([
  ['fashion-cnn-dropout', '96'],
  ['spam-lstm', '160'],
])('--deterministic leaves the same bytes of %s on one thread and on two', async (recipe, samples) => {
  const folder = await temporaryFolder();
  const models = [];
  for (const threads of ['1', '2']) {
    const run = join(folder, threads);
    const options = ['--sample', '--train-samples', samples, '--epochs', '1', '--deterministic', '--threads', threads, '--out', run];
    const { code, err } = await jogak(['train', recipe, ...options]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    models.push(await modelBytes(run));
  }
  expect(models[0]).toHaveLength(2);
  expect(models[1]).toEqual(models[0]);
});
