import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DataError } from '@jogak/ops';
import type { FileStore } from './platform.js';

/** The file system. */
export const nodeFiles: FileStore = {
  // A drive letter is no scheme.
  isPath: path => !/^[a-z][a-z0-9+.-]+:\/\//i.test(path) || path.startsWith('file:'),
  join: (folder, name) => join(toPath(folder), name),
  read: path => unlessMissing(readFile(toPath(path)), undefined, `"${path}" cannot be read`),
  write: (path, contents) => orStorageError(replace(toPath(path), contents), path),
  append: async (path, text) => {
    const file = toPath(path);
    await orStorageError(
      makeFolder(dirname(file)).then(() => appendFile(file, text)),
      path,
    );
  },
  remove: path => rm(toPath(path), { force: true }),
  list: folder => unlessMissing(readdir(toPath(folder)), [], `"${folder}" cannot be read`),
  hash: bytes => createHash('sha256').update(bytes).digest('hex'),
};

function toPath(path: string): string {
  return path.startsWith('file:') ? fileURLToPath(path) : path;
}

/** Makes a folder, and those that it stands in. Node's own `recursive` tries for ever where the system refuses with ENOENT, as under /proc. */
async function makeFolder(folder: string): Promise<void> {
  const parent = dirname(resolve(folder));
  if (!existsSync(parent)) await makeFolder(parent);
  try {
    await mkdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !(await stat(folder)).isDirectory()) throw error;
  }
}

/** Writes beside the file, then puts it in its place. */
async function replace(path: string, contents: string | Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(contents);
      // A file that is renamed before its bytes are on the disk is empty after a power cut.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function unlessMissing<T, Instead>(result: Promise<T>, instead: Instead, what: string): Promise<T | Instead> {
  try {
    return await result;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return instead;
    throw new DataError(`${what}: ${reason(error)}`, { code: 'storage', cause: error });
  }
}

async function orStorageError(done: Promise<void>, path: string): Promise<void> {
  try {
    await done;
  } catch (error) {
    throw new DataError(`"${path}" cannot be written: ${reason(error)}`, { code: 'storage', cause: error });
  }
}

/** What went wrong, and what to do. */
function reason(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full; make room, or write elsewhere';
    case 'EFBIG':
      return 'files may not be that large here (see ulimit -f); write elsewhere';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'it is not allowed; choose a folder that you may write to';
    case 'EISDIR':
      return 'it is a folder; give the name of a file';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'a part of the path is a file, and no folder';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
