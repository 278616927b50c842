import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfigFile } from '../arguments/config-file.js';
import { UsageError } from '../arguments/usage-error.js';
import { recipeNames } from '../commands/names.js';
import { type ReproduceOptions, reproduceOptions } from '../commands/reproduce.js';
import { findRecipe, type Project } from '../training/project.js';
import { configName, makeFolder, replaceFile } from '../training/run-folder.js';
import { defaultFolder, refuseAnother, type Settings, settle } from '../training/settings.js';
import { type RunResult, readResults, resultsName, writeResults } from './results.js';

/** A run that is to be done. */
export interface Job {
  readonly recipe: string;
  readonly settings: Settings;
  readonly project: Project;
}

/** What `jogak reproduce` has to do. */
export interface Plan {
  readonly recipes: readonly string[];
  readonly seeds: readonly number[];
  readonly out: string;
  /** What `--out` has already, runs that are not asked for among them. */
  readonly results: readonly RunResult[];
  /** What is left, recipe by recipe. */
  readonly jobs: readonly Job[];
  /** The settings as config.json has them. */
  readonly config: ReproduceOptions;
}

/** What cannot change when runs are added to others: their figures could not be put together. */
const fixed = ['epochs', 'backend', 'deterministic'] as const;

/**
 * Reads what is there, and says what is to be done. Nothing is written.
 *
 * @throws {UsageError} for options that do not go together, or recipes that there are not
 */
export async function planOf(asked: ReproduceOptions): Promise<Plan> {
  const options: ReproduceOptions = { ...(await resumedOptions(asked)), ...asked };
  const { resume = false, out = defaultFolder('reproduce'), seeds: seedList = '1,2,3,4,5', recipes = [...recipeNames] } = options;
  for (const [index, name] of recipes.entries()) {
    findRecipe(name);
    if (recipes.indexOf(name) !== index) throw new UsageError(`${name} is named twice; name it once`);
  }
  const earlier = await readResults(out);
  if (earlier && !resume) throw new UsageError(`there is a ${join(out, resultsName)}: go on from it with --resume, or name another --out`);
  const results = earlier ?? [];
  const seeds = seedList.split(',').map(Number);
  const left = recipes
    .flatMap(recipe => seeds.map(seed => ({ recipe, seed })))
    .filter(({ recipe, seed }) => !results.some(run => run.recipe === recipe && run.seed === seed));
  const jobs: Job[] = [];
  for (const { recipe, seed } of left) jobs.push(await jobOf(recipe, seed, join(out, recipe, `seed-${seed}`), options));
  const { out: _out, resume: _resume, json: _json, ...config } = { ...options, recipes, seeds: seedList };
  return { recipes, seeds, out, results, jobs, config };
}

/** Makes the folder, so that what cannot be written is known before anything is trained. */
export async function openResults({ out, config, results }: Plan): Promise<void> {
  await makeFolder(out);
  await replaceFile(join(out, configName), `${JSON.stringify(config, null, 2)}\n`);
  await writeResults(out, results);
}

/** The options of what is gone on with; recipes and seeds that are asked for now take the place of its own. */
async function resumedOptions(asked: ReproduceOptions): Promise<ReproduceOptions> {
  if (!asked.resume) return {};
  if (asked.out === undefined) throw new UsageError('--resume goes on with the runs in --out: say which, as --out DIR');
  const path = join(asked.out, configName);
  if (!existsSync(path)) return {};
  const earlier = await readConfigFile(path, reproduceOptions);
  refuseAnother(earlier, asked, fixed, asked.out);
  return earlier;
}

/** A run as `jogak train` would do it; what is there of it is gone on with. */
async function jobOf(recipe: string, seed: number, out: string, options: ReproduceOptions): Promise<Job> {
  const { epochs, backend, threads, deterministic, data } = options;
  const asked = Object.entries({ epochs, backend, threads, deterministic }).filter(([, value]) => value !== undefined);
  // The mails are a sample, and there is no more of them.
  const place = findRecipe(recipe).dataset === 'spam' ? { sample: true } : data === undefined ? {} : { data };
  return { recipe, ...(await settle({ recipe, seed, out, resume: true, ...place, ...Object.fromEntries(asked) })) };
}
