import { ConfigError, DataError } from '@jogak/ops';
import { platform } from '#platform';
import { type Batched, collate } from '../pipeline/collate.js';
import { rowStage, type Stage } from '../pipeline/stage.js';
import type { FileStore } from '../platform/platform.js';

/** A file that was read. */
export interface FileContent {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The machine's files. @throws {ConfigError} in a page, which has none. */
export function filesOf(where: string): FileStore {
  if (!platform.files) throw new ConfigError(`${where} reads files, which a page has not; use Dataset.fromGenerator with fetch, or a File`);
  return platform.files;
}

/** A whole file. @throws {DataError} `data-missing` when there is none. */
export async function readFile(path: string, where: string): Promise<Uint8Array> {
  const bytes = await filesOf(where).read(path);
  if (!bytes) throw new DataError(`${where}: there is no file ${path}`, { code: 'data-missing' });
  return bytes;
}

/** What `read` makes of each file, in any order, one at a time or a batch at once. */
export function readStage<T>(count: number, read: (index: number) => Promise<T>): Stage<T> {
  return rowStage(count, {
    order: () => Uint32Array.from({ length: count }, (_, i) => i),
    row: read,
    gather: async (indices): Promise<Batched<T>> => collate(await Promise.all(Array.from(indices, read))),
  });
}

/** Files, each read when its turn comes. */
export function fileStage(paths: readonly string[]): Stage<FileContent> {
  return readStage(paths.length, async index => {
    const path = paths[index] as string;
    return { path, bytes: await readFile(path, 'Dataset.fromFiles') };
  });
}
