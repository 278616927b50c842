import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { historyCsv } from '../output/history-csv.js';
import { historySvg } from '../plot/history-svg.js';
import type { RunHistory } from './run-history.js';

export const configName = 'config.json';
export const historyName = 'history.json';
export const pictureName = 'history.svg';
export const checkpointName = 'checkpoint';
const modelName = 'model.json';
const tableName = 'history.csv';

/** What a run leaves beside its config and its weights, which `model.json` names. */
const results = [modelName, historyName, tableName, pictureName, checkpointName];

/** Whether a folder holds what a run has come to: a model, or a checkpoint to go on from. */
export const holdsRun = (folder: string): boolean => [modelName, checkpointName].some(name => existsSync(join(folder, name)));

/** Whether a folder says what run it is of, so that `--resume` alone goes on with it. */
export const isRunFolder = (folder: string): boolean => existsSync(join(folder, configName));

/**
 * Makes a run's folder, and writes what the run is.
 *
 * @param options with `goesOn`, what an earlier run left stays; else it goes, so that nothing of it is taken for the new run's
 * @throws system errors when it cannot be written
 */
export async function openRunFolder(folder: string, config: object, { goesOn }: { goesOn: boolean }): Promise<void> {
  await makeFolder(folder);
  if (!goesOn) for (const name of results) await rm(join(folder, name), { recursive: true, force: true });
  await replaceFile(join(folder, configName), `${JSON.stringify(config, null, 2)}\n`);
}

/**
 * Makes a folder, and those that it stands in. Node's own `recursive` tries for ever where the system refuses with ENOENT, as under /proc.
 *
 * @throws system errors when it cannot be made
 */
export async function makeFolder(folder: string): Promise<void> {
  const parent = dirname(resolve(folder));
  if (!existsSync(parent)) await makeFolder(parent);
  try {
    await mkdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !(await stat(folder)).isDirectory()) throw error;
  }
}

/** Writes what is known of the epochs so far: `history.json`, `history.csv` and `history.svg`. */
export async function writeHistory(folder: string, history: RunHistory, title: string): Promise<void> {
  await replaceFile(join(folder, historyName), `${JSON.stringify(history)}\n`);
  await replaceFile(join(folder, tableName), historyCsv(history));
  if (history.epoch.length > 0) await replaceFile(join(folder, pictureName), historySvg(history, { title }));
}

/** What a run is called: its recipe, or that of its own data; else its folder's name. */
export async function runTitle(folder: string): Promise<string> {
  try {
    const { recipe, images, csv } = JSON.parse(await readFile(join(folder, configName), 'utf8')) as Record<string, unknown>;
    const found = [recipe, images, csv].find(value => typeof value === 'string');
    if (typeof found === 'string') return found;
  } catch {
    // Without its config, a folder with a history still has a name.
  }
  return basename(resolve(folder));
}

/** Writes a file in one step: others see the old one or the new one, whole. */
export async function replaceFile(path: string, content: string): Promise<void> {
  const unfinished = `${path}.part`;
  try {
    await writeFile(unfinished, content);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
}
