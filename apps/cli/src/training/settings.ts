import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfigFile } from '../arguments/config-file.js';
import { kebab } from '../arguments/flag.js';
import { UsageError } from '../arguments/usage-error.js';
import { type TrainOptions, trainOptions } from '../commands/train.js';
import { chooseBackend } from '../computing/backend.js';
import { csvProject } from '../own-data/csv-project.js';
import { imagesProject } from '../own-data/images-project.js';
import { type Project, recipeProject } from './project.js';
import { configName } from './run-folder.js';

/** What a run does: options from flags, files and defaults. */
export interface Settings extends TrainOptions {
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly out: string;
  readonly checkpointEvery: number;
  readonly backend: 'simd' | 'cpu';
}

/** What cannot change when a run goes on: it would no longer be the same run. */
const fixed = ['recipe', 'images', 'csv', 'label', 'imageSize', 'batchSize', 'trainSamples', 'seed', 'sample'] as const;

/**
 * All settings of a run. Flags win over the config file, this over the run that is gone on with, this over the defaults.
 *
 * @throws {UsageError} for options that do not go together, or ask for what there is not
 */
export async function settle(flags: TrainOptions): Promise<{ settings: Settings; project: Project }> {
  const file = flags.config === undefined ? {} : await readConfigFile(flags.config, trainOptions);
  const asked: TrainOptions = { ...withoutOtherData(file, flags), ...flags };
  const options: TrainOptions = { ...(await resumedOptions(asked)), ...asked };
  if (options.resume && options.overwrite)
    throw new UsageError('give --resume or --overwrite, not both: a run is gone on with, or replaced');
  const backend = chooseBackend(options);
  const project = projectOf(options);
  const settings: Settings = {
    ...options,
    epochs: options.epochs ?? project.epochs,
    batchSize: options.batchSize ?? project.batchSize,
    seed: options.seed ?? 1,
    checkpointEvery: options.checkpointEvery ?? 1,
    backend,
    out: options.out ?? defaultFolder(project.name),
  };
  return { settings, project };
}

/** The settings as a config file has them: what `--print-config` prints and config.json holds. */
export function configOf(settings: Settings, given: Pick<TrainOptions, 'out'>): Partial<TrainOptions> {
  const { config: _config, printConfig: _printConfig, json: _json, resume: _resume, overwrite: _overwrite, out: _out, ...rest } = settings;
  const kept = Object.entries({ ...rest, ...(given.out === undefined ? {} : { out: given.out }) });
  const order = Object.keys(trainOptions.shape);
  return Object.fromEntries(kept.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
}

/** A flag that says what to train on takes the place of whatever a file says of it. */
function withoutOtherData(file: TrainOptions, flags: TrainOptions): TrainOptions {
  if (flags.recipe === undefined && flags.images === undefined && flags.csv === undefined) return file;
  const { recipe: _recipe, images: _images, csv: _csv, ...rest } = file;
  return rest;
}

/** What the run in `--out` was started with. @throws {UsageError} when flags would make it another run */
async function resumedOptions(asked: TrainOptions): Promise<TrainOptions> {
  if (!asked.resume) return {};
  if (asked.out === undefined) throw new UsageError('--resume goes on with the run in --out: say which, as --out DIR');
  const path = join(asked.out, configName);
  if (!existsSync(path)) return {};
  const run = await readConfigFile(path, trainOptions);
  refuseAnother(run, asked, fixed, asked.out);
  return run;
}

/** @throws {UsageError} when an option that is asked for is not that of the run that is gone on with */
export function refuseAnother<Options extends object>(
  run: Options,
  asked: Options,
  keys: readonly (keyof Options & string)[],
  out: string,
): void {
  for (const key of keys) {
    if (asked[key] === undefined || asked[key] === run[key]) continue;
    const flag = key === 'recipe' ? 'recipe' : `--${kebab(key)}`;
    throw new UsageError(
      `the run in ${out} has ${flag} ${run[key] ?? 'of its default'}, not ${asked[key]}: leave it out, or start another run in another --out`,
    );
  }
}

function projectOf(options: TrainOptions): Project {
  const { recipe, images, csv, label, imageSize, data, sample } = options;
  const given = [recipe, images, csv].filter(value => value !== undefined);
  if (given.length === 0 && options.resume)
    throw new UsageError(`there is no run in ${options.out} to go on with; say which, as --out DIR`);
  if (given.length === 0)
    throw new UsageError('say what to train: jogak train RECIPE, --images FOLDER or --csv FILE; jogak train --help lists the recipes');
  if (given.length > 1) throw new UsageError('give one of RECIPE, --images and --csv');
  if (label !== undefined && csv === undefined) throw new UsageError('--label goes with --csv');
  if (imageSize !== undefined && images === undefined) throw new UsageError('--image-size goes with --images');
  if (recipe !== undefined) return recipeProject(recipe, { data, sample });
  if (data !== undefined || sample) throw new UsageError(`${sample ? '--sample' : '--data'} goes with a recipe`);
  return images === undefined ? csvProject(csv as string, { label }) : imagesProject(images, { imageSize });
}

/** `runs/fashion-cnn-20250131-235959`, in local time. */
export function defaultFolder(name: string): string {
  const now = new Date();
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return join('runs', `${name}-${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`);
}
