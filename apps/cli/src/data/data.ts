import { type DataSet, type DataSetStatus, dataSetNamed, dataSets, fetchDataSet, verifyDataSet } from '@jogak/datasets';
import { recipes } from '@jogak/models';
import { UsageError } from '../arguments/usage-error.js';
import type { DataOptions } from '../commands/data.js';
import { formatBytes } from '../output/format.js';
import { print, printJson } from '../output/terminal.js';
import { showDownload } from '../training/project.js';
import { wrongChecksums } from './checksums.js';
import { checkDataFolder } from './data-folder.js';

/** Runs `jogak data`. @returns the exit code: 1 when a data set is damaged, or one that was named is missing */
export async function data({ action, name, data: folder, json = false }: DataOptions): Promise<number> {
  if (action === undefined) throw new UsageError('say what to do: jogak data list, fetch or verify');
  const chosen = name === undefined ? dataSets : [find(name)];
  const place = folder === undefined ? {} : { dataDir: folder };
  if (action === 'list') return list(chosen, json);
  if (folder !== undefined && action === 'verify') checkDataFolder(folder);
  if (action === 'verify') return verify(chosen, place, { json, named: name !== undefined });
  if (folder !== undefined)
    throw new UsageError('fetch downloads into the cache (JOGAK_CACHE_DIR says where that is); --data goes with list and verify');
  return fetch(name === undefined ? chosen.filter(({ files }) => files.length > 0) : chosen, json);
}

/** @throws {UsageError} when there is none */
function find(name: string): DataSet {
  try {
    return dataSetNamed(name);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function list(chosen: readonly DataSet[], json: boolean): number {
  for (const { name, title, license, homepage, files, sample } of chosen) {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const uses = recipes.filter(recipe => recipe.dataset === name).map(recipe => recipe.name);
    const hasSample = sample !== undefined;
    if (json) {
      printJson({
        event: 'data',
        name,
        title,
        license,
        homepage,
        bytes,
        files: files.map(file => file.name),
        sample: hasSample,
        recipes: uses,
      });
      continue;
    }
    const size = files.length === 0 ? 'embedded' : `${formatBytes(bytes)}${hasSample ? ', and an embedded sample' : ''}`;
    print(`${name}: ${title}, ${size}; ${license}`);
    print(`  ${homepage}`);
    if (uses.length > 0) print(`  recipes: ${uses.join(', ')}`);
  }
  return 0;
}

async function fetch(chosen: readonly DataSet[], json: boolean): Promise<number> {
  for (const { name } of chosen) {
    for (const file of await fetchDataSet(name, { onProgress: showDownload })) {
      if (json) printJson({ event: 'file', name, file: file.name, where: file.where });
      else print(`${name}: ${file.where}`);
    }
  }
  return 0;
}

async function verify(
  chosen: readonly DataSet[],
  place: { dataDir?: string },
  { json, named }: { json: boolean; named: boolean },
): Promise<number> {
  let code = 0;
  for (const dataSet of chosen) {
    const { name, status, problem } = await verifyOne(dataSet, place);
    if (status === 'damaged' || (named && status === 'missing')) code = 1;
    if (json) printJson({ event: 'data', name, status, ...(problem === undefined ? {} : { problem }) });
    else print(`${name}: ${[texts[status] ?? status, problem].filter(Boolean).join(': ')}`);
  }
  return code;
}

interface Verified {
  readonly name: string;
  /** As `verifyDataSet` has it, and `changed` for what is in order, but not what was published. */
  readonly status: DataSetStatus['status'] | 'changed';
  readonly problem?: string;
}

/** Published checksums hold for downloads; files that the user gives may be others. */
async function verifyOne(dataSet: DataSet, place: { dataDir?: string }): Promise<Verified> {
  const found = await verifyDataSet(dataSet.name, place);
  if (found.status !== 'present') return found;
  const wrong = await wrongChecksums(dataSet, await fetchDataSet(dataSet.name, place));
  if (wrong.length === 0) return found;
  const isGiven = place.dataDir !== undefined || Boolean(process.env.JOGAK_DATA_DIR);
  const problem = `${wrong.join(', ')}: not what was published (SHA-256)`;
  return { name: dataSet.name, status: isGiven ? 'changed' : 'damaged', problem };
}

/** What a status means. */
const texts: Readonly<Record<string, string>> = {
  present: 'formats, counts and checksums are right',
  changed: 'formats and counts are right',
  'sample-only': 'embedded, there is nothing to check',
};
