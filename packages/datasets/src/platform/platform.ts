/** A file that is being downloaded: what has come so far outlives the process, so that the next one can go on. */
export interface PartialFile {
  /** Bytes that are there. */
  readonly size: number;
  append(chunk: Uint8Array): Promise<void>;
  /** Drops what is there. */
  restart(): Promise<void>;
  /** All bytes, once the last has come. */
  contents(): Promise<Uint8Array>;
  /** Puts the file where it belongs, in one step: others see it whole or not at all. */
  commit(): Promise<void>;
  /** Closes it unfinished, for later; an empty one is removed. */
  release(): Promise<void>;
}

/** What a folder holds. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** The machine's files. */
export interface FileStore {
  /** `JOGAK_DATA_DIR`: where the user keeps data, if said. */
  dataDir(): string | undefined;
  /** `JOGAK_CACHE_DIR`, else where this platform keeps what can be fetched again. */
  cacheDir(): string;
  /** Where the system's packages put data sets. */
  systemDir(): string | undefined;
  join(...parts: string[]): string;
  /** A whole file; `undefined` when there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** A file's bytes, piece by piece; the file is closed when the loop ends, however it ends. */
  stream(path: string): AsyncIterable<Uint8Array>;
  /** What a folder holds, sorted by name; `undefined` when there is no such folder. */
  list(path: string): Promise<FolderEntry[] | undefined>;
  /** Begins, or goes on with, a download that will be `path`. */
  openPartial(path: string): Promise<PartialFile>;
}

/** What differs from one JavaScript platform to another, as far as data sets are concerned. */
export interface Platform {
  /** Absent where there are no files: in browsers and their workers. */
  readonly files: FileStore | undefined;
  /**
   * Unpacks a DEFLATE stream in the platform's own way, some five times as fast as one in JavaScript. Absent where there is none that answers at once.
   * Gives `undefined` when more than `limit` bytes come out, and throws on a stream that is truncated or corrupted.
   */
  readonly inflate: ((packed: Uint8Array, limit: number) => Uint8Array | undefined) | undefined;
}
