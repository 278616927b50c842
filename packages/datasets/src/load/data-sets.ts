import { ConfigError, options as config, DataError, isJogakError } from '@jogak/ops';
import { fashionMnist, fashionMnistDataSet } from '../images/fashion-mnist.js';
import { mnist, mnistDataSet } from '../images/mnist.js';
import { imdb } from '../text/imdb.js';
import { imdbDataSet } from '../text/imdb-files.js';
import { spamDataSet } from '../text/spam.js';
import { isPlaceGiven, readDataFile, readLocalFile } from './data-files.js';
import type { DataSet } from './data-set.js';
import type { LoadOptions } from './load-options.js';

/** Every data set that has a loader. */
export const dataSets: readonly DataSet[] = [fashionMnistDataSet, mnistDataSet, imdbDataSet, spamDataSet];

const loaders: Readonly<Record<string, (options: LoadOptions) => Promise<unknown>>> = {
  'fashion-mnist': options => fashionMnist.loadData(options),
  mnist: options => mnist.loadData(options),
  imdb: options => Promise.all([imdb.loadData(options), imdb.getWordIndex(options)]),
};

/** Where a file of a data set is. */
export interface FetchedFile {
  readonly name: string;
  /** Path, or address. */
  readonly where: string;
}

/** What {@link verifyDataSet} found. */
export interface DataSetStatus {
  readonly name: string;
  /** `present`: all files are there and whole; `missing`: one is not; `damaged`: one cannot be read; `sample-only`: there are no files, only a sample. */
  readonly status: 'present' | 'missing' | 'damaged' | 'sample-only';
  /** What is wrong, and what to do. */
  readonly problem?: string;
}

/** The data set of this name. @throws {ConfigError} when there is none. */
export function dataSetNamed(name: string): DataSet {
  const names = dataSets.map(dataSet => dataSet.name);
  const found = dataSets.find(dataSet => dataSet.name === name);
  if (!found) throw new ConfigError(`there is no data set "${name}"${config.suggestion(name, names)}`);
  return found;
}

/**
 * Downloads what is missing of a data set, or finds it.
 *
 * @throws as the data set's loader does; a `DataError` for a data set that is a sample alone.
 */
export async function fetchDataSet(name: string, options: LoadOptions = {}): Promise<FetchedFile[]> {
  const dataSet = dataSetNamed(name);
  if (dataSet.files.length === 0)
    throw new DataError(`${name} has no files to fetch: it is the sample ${dataSet.sample} of @jogak/samples (--sample)`, {
      code: 'data-missing',
    });
  const found: FetchedFile[] = [];
  for (const file of dataSet.files) found.push({ name: file.name, where: (await readDataFile(dataSet, file, options)).where });
  return found;
}

/** Reads a data set whole, as its loader does, and says whether it is there and in order. Nothing is downloaded. */
export async function verifyDataSet(name: string, options: Pick<LoadOptions, 'dataDir' | 'signal'> = {}): Promise<DataSetStatus> {
  const dataSet = dataSetNamed(name);
  const load = loaders[name];
  if (!load) return { name, status: 'sample-only' };
  // Where a place was given, the loader looks nowhere else, and says itself what is not there.
  if (!isPlaceGiven(options) && !(await isHere(dataSet)))
    return { name, status: 'missing', problem: `fetch it with: jogak data fetch ${name}` };
  try {
    await load(options);
    return { name, status: 'present' };
  } catch (error) {
    if (isJogakError(error, 'data-missing')) return { name, status: 'missing', problem: error.message };
    if (isJogakError(error, 'format') || isJogakError(error, 'data')) return { name, status: 'damaged', problem: error.message };
    throw error;
  }
}

async function isHere(dataSet: DataSet): Promise<boolean> {
  for (const file of dataSet.files) if (!(await readLocalFile(dataSet, file))) return false;
  return true;
}
