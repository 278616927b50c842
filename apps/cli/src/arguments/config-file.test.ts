import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainOptions } from '../commands/train.js';
import { readConfigFile } from './config-file.js';

let folder = '';
let path = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jogak-config-'));
  path = join(folder, 'run.yaml');
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (content: string): Promise<unknown> => {
  await writeFile(path, content);
  return readConfigFile(path, trainOptions);
};

describe('a config file', () => {
  it('is YAML, or JSON, or empty', async () => {
    expect(await read('recipe: imdb-rnn\nepochs: 2\nsample: true\n')).toEqual({ recipe: 'imdb-rnn', epochs: 2, sample: true });
    expect(await read('{"recipe": "imdb-rnn", "maxTime": 0.5}')).toEqual({ recipe: 'imdb-rnn', maxTime: 0.5 });
    expect(await read('# nothing yet\n')).toEqual({});
  });

  it.each([
    ['epochs: "3"', 'epochs must be a positive integer; got "3"'],
    ['sample: yes please', 'sample must be true or false; got "yes please"'],
    ['batch-size: 3', 'there is no option "batch-size"; did you mean "batchSize"?'],
    ['out: 3', 'out must be a text; got 3'],
  ])('%s is told by its key', async (content, message) => {
    await expect(read(content)).rejects.toMatchObject({ name: 'UsageError', message: `${path}: ${message}` });
  });

  it.each([
    ['resume: true', 'resume has no place in a config file; give it as --resume'],
    ['config: other.yaml', 'config has no place in a config file; give it as --config'],
  ])('%s is of one call alone', async (content, message) => {
    await expect(read(content)).rejects.toMatchObject({ message: `${path}: ${message}` });
  });

  it('must hold options by name, and be readable', async () => {
    await expect(read('- epochs')).rejects.toMatchObject({ message: `${path} must hold options by name, such as epochs: 3; got a list` });
    await expect(read('{"epochs": ')).rejects.toThrow(`${path} is neither JSON nor YAML: `);
    await expect(readConfigFile(join(folder, 'none'), trainOptions)).rejects.toMatchObject({
      message: `--config ${join(folder, 'none')}: there is no such file`,
    });
  });
});
