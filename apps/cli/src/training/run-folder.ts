import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { historyCsv } from '../output/history-csv.js';
import { historySvg } from '../plot/history-svg.js';
import type { RunHistory } from './run-history.js';

export const configName = 'config.json';
export const historyName = 'history.json';
export const pictureName = 'history.svg';

/** Makes a run's folder, and writes what the run is. @throws system errors when it cannot be written */
export async function openRunFolder(folder: string, config: object): Promise<void> {
  await mkdir(folder, { recursive: true });
  await replaceFile(join(folder, configName), `${JSON.stringify(config, null, 2)}\n`);
}

/** Writes what is known of the epochs so far: `history.json`, `history.csv` and `history.svg`. */
export async function writeHistory(folder: string, history: RunHistory, title: string): Promise<void> {
  await replaceFile(join(folder, historyName), `${JSON.stringify(history)}\n`);
  await replaceFile(join(folder, 'history.csv'), historyCsv(history));
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
