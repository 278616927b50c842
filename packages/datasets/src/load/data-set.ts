/** A published file of a data set. */
export interface DataFile {
  /** Its name where it is published, in a folder, and in the cache. */
  readonly name: string;
  /** Address of the folder it is published in. */
  readonly url: string;
  /** Its size as published. */
  readonly bytes: number;
  /** SHA-256, in hexadecimal. */
  readonly sha256: string;
  /** What the checksum is of: the file, or what it unpacks to. The latter also holds for files that were compressed anew. */
  readonly hashOf: 'file' | 'content';
}

/** What is known of a published data set. */
export interface DataSet {
  /** Its name on the command line, and of its folder. */
  readonly name: string;
  /** Its name for people. */
  readonly title: string;
  readonly license: string;
  readonly homepage: string;
  readonly files: readonly DataFile[];
  /** The sample of it that `@jogak/samples` has. */
  readonly sample?: string;
}

/** The name of a file without the `.gz` of its packing: what samples, and folders of unpacked files, call it. */
export function unpackedName(name: string): string {
  return name.replace(/\.gz$/, '');
}
