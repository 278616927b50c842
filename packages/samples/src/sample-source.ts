/** Where a loader can take a data set from instead of files: named bytes, with where they come from. Any object of this shape will do. */
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
