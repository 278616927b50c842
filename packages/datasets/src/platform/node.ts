import { constants } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { DataError } from '@jogak/ops';
import type { FileStore, FolderEntry, PartialFile, Platform } from './platform.js';

/** Node, and what is like it: files in folders. */
export const platform: Platform = { files: nodeFiles(), inflate };

function inflate(packed: Uint8Array, limit: number): Uint8Array | undefined {
  // One buffer takes what most files unpack to, so that nothing is put together from pieces. What stays unwritten of it takes no memory.
  const chunkSize = Math.max(64, Math.min(limit + 1, 2 * packed.length + 65536));
  // zlib's own limit is one byte at least, and no more than a buffer may have.
  const maxOutputLength = Math.max(1, Math.min(limit, constants.MAX_LENGTH));
  try {
    const bytes = inflateRawSync(packed, { maxOutputLength, chunkSize });
    return bytes.length > limit ? undefined : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}

function nodeFiles(): FileStore {
  return {
    dataDir: () => process.env.JOGAK_DATA_DIR || undefined,
    cacheDir: () => process.env.JOGAK_CACHE_DIR || join(platformCache(), 'jogak'),
    systemDir: () => (process.platform === 'linux' ? '/usr/share/datasets' : undefined),
    join,
    read: path => unlessMissing(readFile(path)),
    stream: path => createReadStream(path),
    list: async path => {
      const entries = await unlessMissing(readdir(path, { withFileTypes: true }));
      return entries && Promise.all(entries.map(entry => folderEntry(path, entry))).then(list => list.sort(byName));
    },
    openPartial,
  };
}

/** The folder for what can be fetched again: XDG's on Linux, Apple's and Microsoft's own. */
function platformCache(): string {
  if (process.platform === 'win32') return process.env.LOCALAPPDATA || join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
}

async function unlessMissing<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

const byName = (a: FolderEntry, b: FolderEntry): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** Follows a link, so that a linked folder counts as one. */
async function folderEntry(path: string, entry: { name: string; isDirectory(): boolean; isSymbolicLink(): boolean }): Promise<FolderEntry> {
  const target = entry.isSymbolicLink() ? await unlessMissing(stat(join(path, entry.name))) : entry;
  return { name: entry.name, isFolder: target?.isDirectory() ?? false };
}

/** Unfinished files of this process that are being written to. */
const active = new Set<string>();
let opened = 0;

/**
 * A download's file is named after its process, and what a dead process or a failed download left is taken over by renaming it:
 * so two that download the same file at the same time never write into one another's.
 */
async function openPartial(path: string): Promise<PartialFile> {
  const folder = dirname(path);
  const own = `${path}.${process.pid}-${++opened}.part`;
  const storing = async <T>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      throw storageError(error, path);
    }
  };
  return storing(async () => {
    await mkdir(folder, { recursive: true });
    active.add(own);
    const left = await orphan(folder, basename(path));
    if (left) await rename(left, own).catch(() => {}); // another process may have been quicker
    const file = await open(own, 'a+');
    let size = (await file.stat()).size;
    return {
      get size() {
        return size;
      },
      append: chunk =>
        storing(async () => {
          await file.appendFile(chunk);
          size += chunk.length;
        }),
      restart: () =>
        storing(async () => {
          await file.truncate(0);
          size = 0;
        }),
      contents: () => readFile(own),
      commit: () =>
        storing(async () => {
          await file.sync();
          await file.close();
          await rename(own, path);
          active.delete(own);
        }),
      release: async () => {
        await file.close();
        if (size === 0) await unlink(own);
        active.delete(own);
      },
    };
  });
}

async function orphan(folder: string, name: string): Promise<string | undefined> {
  for (const entry of await readdir(folder)) {
    const pid = entry.startsWith(`${name}.`) ? /^(\d+)-\d+\.part$/.exec(entry.slice(name.length + 1))?.[1] : undefined;
    if (!pid || active.has(join(folder, entry))) continue;
    if (Number(pid) === process.pid || !isAlive(Number(pid))) return join(folder, entry);
  }
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function storageError(error: unknown, path: string): DataError {
  const full = ['ENOSPC', 'EFBIG', 'EDQUOT'].includes(codeOf(error));
  const reason = full ? 'there is no room left for it' : (error as Error).message;
  const remedy = full
    ? 'free some space, or set JOGAK_CACHE_DIR to a folder that has more'
    : 'set JOGAK_CACHE_DIR to a folder that can be written to';
  return new DataError(`${path} cannot be stored: ${reason}; ${remedy}`, { code: 'storage', cause: error });
}
