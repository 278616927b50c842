import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecipeData } from '@jogak/models';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../e2e/jogak.testing.js';
import type { Project } from './project.js';
import type { Reporter } from './reporter.js';
import { configName } from './run-folder.js';
import type { Settings } from './settings.js';
import { runTraining } from './train.js';

/** What is told of a run that Ctrl-C meets while its data load, by a loader that does not hear of it. */
async function stoppedText(out: string, resume: boolean): Promise<string> {
  let told = '';
  const unexpected = (): never => {
    throw new Error('nothing is trained');
  };
  const reporter: Reporter = { callbacks: [], start: unexpected, epoch: unexpected, end: unexpected, stopped: text => (told = text) };
  const load = async (): Promise<RecipeData> => {
    process.emit('SIGINT');
    return {} as RecipeData;
  };
  const project: Project = { name: 'csv', epochs: 1, batchSize: 1, load, build: unexpected };
  const settings: Settings = { epochs: 1, batchSize: 1, seed: 1, checkpointEvery: 1, backend: 'cpu', out, resume };
  expect(await runTraining(settings, project, reporter)).toBe(130);
  return told;
}

it('keeps nothing of a run that is stopped while data load, and says so', async () => {
  const folder = await temporaryFolder();
  const nothing = 'stopped before training began; nothing was kept';
  expect(await stoppedText(join(folder, 'new'), false)).toBe(nothing);
  expect(await stoppedText(join(folder, 'new'), true)).toBe(nothing);
  expect(await readdir(folder)).toEqual([]);
});

it('says how to go on with a run that is there', async () => {
  const run = join(await temporaryFolder(), 'run');
  await mkdir(run);
  await writeFile(join(run, configName), '{}');
  expect(await stoppedText(run, true)).toBe(`stopped before training began; go on with: jogak train --out ${run} --resume`);
  expect(await readdir(run)).toEqual([configName]);
});
