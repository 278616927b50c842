import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { configName } from '../training/run-folder.js';

/**
 * How many of the samples of one's own data a model was trained on.
 *
 * @param model a run's folder, or the model.json in it
 * @param data the table or the folder of images that it is judged on
 * @param training size of the training part that the run's seed makes of them
 * @returns null where that is not known: the run has no config, names other data, or these were changed after it
 */
export async function trainedOn(model: string, data: string, training: number): Promise<number | null> {
  try {
    const path = join(/\.json$/.test(model) ? dirname(model) : model, configName);
    const config = JSON.parse(await readFile(path, 'utf8')) as { csv?: string; images?: string; trainSamples?: number };
    if ((await realpath((config.csv ?? config.images) as string)) !== (await realpath(data))) return null;
    // Other samples would have been split otherwise.
    if ((await lastChange(data)) > (await stat(path)).mtimeMs) return null;
    return Math.min(training, config.trainSamples ?? training);
  } catch {
    return null;
  }
}

/** When a table, or what a folder and the folders of its classes have, was last changed. */
async function lastChange(data: string): Promise<number> {
  const found = await stat(data);
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await Promise.all((await readdir(data)).map(name => stat(join(data, name))));
  return Math.max(found.mtimeMs, ...inside.map(entry => entry.mtimeMs));
}
