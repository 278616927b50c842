import { ConfigError, DataError, FormatError, isJogakError } from '@jogak/ops';
import { platform } from '#platform';
import { gunzip, isGzip } from '../formats/gzip.js';
import type { FileStore } from '../platform/platform.js';
import { throwIfAborted } from './aborted.js';
import { type DataFile, type DataSet, unpackedName } from './data-set.js';
import { download } from './download.js';
import type { LoadOptions } from './load-options.js';
import { memoryFile } from './memory-file.js';

/** A file of a data set, found and unpacked. */
export interface FoundFile {
  readonly bytes: Uint8Array;
  /** Where it was: a path, an address, or a sample's name. */
  readonly where: string;
}

/** Most bytes that a packed file may unpack to: no data set here comes near it, and a bomb ends there. */
const unpackLimit = 2 ** 30;

/**
 * Finds a file of a data set and unpacks it if it is packed.
 *
 * Told where (`source`, `dataDir`, `JOGAK_DATA_DIR`), it looks there and nowhere else. Told nothing, it looks in the cache (`JOGAK_CACHE_DIR`,
 * else the platform's cache folder), then where the system keeps data sets, then downloads it into the cache.
 *
 * @throws {DataError} `data-missing` when it is not where it was said to be, `download` when it cannot be had from the network
 * @throws {FormatError} when it cannot be unpacked.
 */
export async function readDataFile(dataSet: DataSet, file: DataFile, options: LoadOptions): Promise<FoundFile> {
  throwIfAborted(options.signal, `loading ${dataSet.name}`);
  return (await readGivenFile(dataSet, file.name, options)) ?? unpack(file.name, await findPublishedFile(dataSet, file, options));
}

/**
 * A file from where the user said that the data are; `undefined` when nothing was said.
 *
 * @param name as it is published; it may also be there without its `.gz`
 * @throws {DataError} `data-missing` when it is not there
 * @throws {FormatError} when it cannot be unpacked.
 */
export async function readGivenFile(dataSet: DataSet, name: string, options: LoadOptions): Promise<FoundFile | undefined> {
  const { source, dataDir, baseUrl } = options;
  if (source) return readSource(dataSet, name, source);
  if (dataDir !== undefined && !platform.files)
    throw new ConfigError(`${dataSet.name}: there are no folders in a page, so no dataDir; pass \`source\` or \`baseUrl\``);
  const folder = dataDir ?? (baseUrl === undefined ? platform.files?.dataDir() : undefined);
  if (folder === undefined || !platform.files) return undefined;
  return unpack(name, await readFolder(dataSet, name, platform.files, folder, dataDir === undefined));
}

function unpack(name: string, found: FoundFile): FoundFile {
  return name.endsWith('.gz') && isGzip(found.bytes) ? { ...found, bytes: gunzip(found.bytes, unpackLimit, found.where) } : found;
}

async function findPublishedFile(dataSet: DataSet, file: DataFile, options: LoadOptions): Promise<FoundFile> {
  const url = `${(options.baseUrl ?? file.url).replace(/\/$/, '')}/${file.name}`;
  const { files } = platform;
  if (!files) {
    if (options.baseUrl === undefined)
      throw new DataError(`${dataSet.name}: a page has no data folder; pass \`source\` (a sample of @jogak/samples) or \`baseUrl\``, {
        code: 'data-missing',
      });
    return { bytes: await download(file, url, memoryFile(), options, 'Check the address'), where: url };
  }
  const local = await readLocalFile(dataSet, file);
  if (local) return local;
  const cached = cachePath(files, dataSet, file);
  return { bytes: await download(file, url, await files.openPartial(cached), options, offlineHint(dataSet)), where: cached };
}

const cachePath = (files: FileStore, dataSet: DataSet, file: DataFile): string => files.join(files.cacheDir(), dataSet.name, file.name);

/** A file, packed as it is, from the cache or where the system keeps data sets; `undefined` when it is in neither. */
export async function readLocalFile(dataSet: DataSet, file: DataFile): Promise<FoundFile | undefined> {
  const { files } = platform;
  if (!files) return undefined;
  const system = files.systemDir();
  const paths = [cachePath(files, dataSet, file), ...(system === undefined ? [] : [files.join(system, dataSet.name, file.name)])];
  for (const path of paths) {
    const bytes = await files.read(path);
    if (bytes) return { bytes, where: path };
  }
  return undefined;
}

/** Whether the user said where data are, by option or by `JOGAK_DATA_DIR`. */
export function isPlaceGiven(options: LoadOptions): boolean {
  return (
    options.source !== undefined ||
    options.dataDir !== undefined ||
    (options.baseUrl === undefined && platform.files?.dataDir() !== undefined)
  );
}

/** Runs a loader; what it says of a file that is truncated, corrupted or another then also says what to do. */
export async function withRemedy<T>(dataSet: DataSet, options: LoadOptions, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!isJogakError(error, 'format')) throw error;
    const remedy = options.source
      ? 'Install the package that it comes from anew'
      : `Take the file from ${dataSet.homepage} again, or, if it is in the cache, delete it to have it downloaded again`;
    throw new FormatError(`${error.message}. ${remedy}`, { cause: error });
  }
}

async function readSource(dataSet: DataSet, fileName: string, source: NonNullable<LoadOptions['source']>): Promise<FoundFile> {
  const name = [unpackedName(fileName), fileName].find(candidate => source.files.includes(candidate));
  if (name === undefined)
    throw new DataError(
      `${dataSet.name}: the source "${source.name}" has no ${unpackedName(fileName)}, only ${source.files.join(', ')}; ` +
        (dataSet.sample ? `its sample is ${dataSet.sample} of @jogak/samples` : 'there is no sample of this data set'),
      { code: 'data-missing' },
    );
  return { bytes: await source.read(name), where: `${name} of ${source.name}` };
}

async function readFolder(
  dataSet: DataSet,
  fileName: string,
  files: FileStore,
  folder: string,
  fromEnvironment: boolean,
): Promise<FoundFile> {
  const names = [...new Set([fileName, unpackedName(fileName)])];
  for (const place of [files.join(folder, dataSet.name), folder]) {
    for (const name of names) {
      const path = files.join(place, name);
      const bytes = await files.read(path);
      if (bytes) return { bytes, where: path };
    }
  }
  throw new DataError(
    `${dataSet.name}: ${fromEnvironment ? `JOGAK_DATA_DIR, ${folder},` : folder} has no ${names.join(' and no ')}; ` +
      `put the files of ${dataSet.homepage} there, or name no folder to have them downloaded`,
    { code: 'data-missing' },
  );
}

function offlineHint(dataSet: DataSet): string {
  const sample = dataSet.sample
    ? `Without a network, use the sample: --sample, or loadData({ source: ${dataSet.sample} })`
    : 'This data set has no sample; with --sample, without a network, train fashion-cnn or spam-lstm';
  return `${sample}. Files that you have are read with --data FOLDER, or loadData({ dataDir })`;
}
