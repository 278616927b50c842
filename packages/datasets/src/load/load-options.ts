import { ConfigError, options as config } from '@jogak/ops';

/** Where a loader can take a data set from instead of files: what `@jogak/samples` exports, or any object of this shape. */
export interface SampleSource {
  /** What it is, for people. */
  readonly name: string;
  /** The licence of the data, as an SPDX identifier where there is one. */
  readonly license: string;
  /** Where the data were taken from. */
  readonly origin: string;
  /** Names that {@link SampleSource.read} knows. */
  readonly files: readonly string[];
  /** The decoded bytes of a file. */
  read(file: string): Promise<Uint8Array>;
}

/** How far a download is. */
export interface LoadProgress {
  readonly file: string;
  /** Bytes that are there. */
  readonly received: number;
  /** Bytes there will be; null when the server does not say. */
  readonly total: number | null;
}

/** Options of every loader. */
export interface LoadOptions {
  /**
   * Folder with the data set's files, or with a folder of the data set's name that has them. Nothing else is looked at then, and nothing downloaded.
   *
   * @default `JOGAK_DATA_DIR`; where that is not set, the cache, the system's data sets, and a download, in this order
   */
  dataDir?: string;
  /** Takes the bytes from here instead of from files: a sample of `@jogak/samples`. */
  source?: SampleSource;
  /** Address of a folder to download from instead of the published one. The published checksums hold there too. In a page, this or `source` is needed. */
  baseUrl?: string;
  /** Stops the loading; the promise rejects with code `aborted`. */
  signal?: AbortSignal;
  /** Called as a download proceeds. */
  onProgress?: (progress: LoadProgress) => void;
}

/** An option that is only checked by a predicate, and never becomes part of a config. */
function runtime<T>(expected: string, test: (value: unknown) => boolean): config.Option<T | undefined> {
  return {
    required: false,
    parse: value => {
      if (!test(value)) throw new config.Expected(expected);
      return value as T;
    },
    serialize: () => null,
  };
}

const isFunction = (value: unknown): boolean => typeof value === 'function';

const table: config.OptionTable<{ [Key in keyof LoadOptions]-?: LoadOptions[Key] | undefined }> = {
  dataDir: runtime('the path of a folder', value => typeof value === 'string' && value !== ''),
  source: runtime(
    'a sample source, an object with files and read(file)',
    value => isFunction((value as SampleSource | null)?.read) && Array.isArray((value as SampleSource).files),
  ),
  baseUrl: runtime('an address', value => typeof value === 'string' && value !== ''),
  signal: runtime('an AbortSignal', value => value instanceof AbortSignal),
  onProgress: runtime('a function', isFunction),
};

/**
 * Checks a loader's options.
 *
 * @param own options that only this loader has
 * @param where the loader, as errors name it: `imdb.loadData`
 * @throws {ConfigError} on an unknown key, a wrong value, or two of `dataDir`, `source` and `baseUrl` at once
 */
export function parseLoadOptions<Own extends object = object>(
  given: object,
  where: string,
  own?: config.OptionTable<Own>,
): LoadOptions & Own {
  const parsed = config.parseOptions({ ...table, ...own } as config.OptionTable<LoadOptions & Own>, given, where);
  const places = (['dataDir', 'source', 'baseUrl'] as const).filter(key => parsed[key] !== undefined);
  if (places.length > 1) throw new ConfigError(`${where}: the data come from one place; got ${places.join(' and ')}`);
  return parsed;
}
