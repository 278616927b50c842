/** What a machine offers beyond computing; every platform has a module that says it. */
export interface Platform {
  /** Files in folders; null where there are none, as in a page. */
  readonly files: FileStore | null;
  readonly terminal: Terminal;
}

/** The machine's files. Paths may be `file://` URLs. */
export interface FileStore {
  /** Whether a path names a place here, and is no URL of another kind. */
  isPath(path: string): boolean;
  join(folder: string, name: string): string;
  /** The bytes of a file; undefined when it is not there. @throws {DataError} `storage` when it cannot be read */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /**
   * Puts a file in its place in one step: others see the old one or the new one, whole. Folders on the way are made.
   *
   * @throws {DataError} `storage` when the disk is full, or may not be written to; the old file is then still there
   */
  write(path: string, contents: string | Uint8Array): Promise<void>;
  /** Writes behind what a file holds. @throws {DataError} `storage` */
  append(path: string, text: string): Promise<void>;
  /** Removes a file, if it is there. */
  remove(path: string): Promise<void>;
  /** Names of what is in a folder; none when there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  /** SHA-256 in hexadecimal digits. */
  hash(bytes: Uint8Array): string;
}

/** Where text goes, as Node's streams take it. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
}

/** A line of a terminal that is drawn over and over. */
export interface LiveLine {
  /** Something has changed; it is drawn anew when the last time is long enough ago. */
  update(): void;
  /** Draws it a last time and goes on to the next line. */
  end(): void;
}

/** What shows text. */
export interface Terminal {
  /** Columns of the terminal that this program writes to; 80 where there is none. */
  columns(): number;
  /** Where progress is shown when nothing else is said. */
  readonly progressStream: TextStream;
  /** Whether `CI=true`: then nothing is drawn over. */
  isAutomated(): boolean;
  /** Begins a line; `text` is asked for whenever it is drawn. Null where lines cannot be drawn over. */
  liveLine(stream: TextStream, text: () => string): LiveLine | null;
}
