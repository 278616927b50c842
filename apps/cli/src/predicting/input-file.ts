import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { DataError } from '@jogak/ops';

/** `FILE#ROW` as file and row; a file that is there is taken by its whole name. */
export function splitRow(input: string, row: number | undefined): { path: string; row: number | undefined } {
  const [, path, number] = existsSync(input) ? [] : (/^(.+)#(\d+)$/.exec(input) ?? []);
  return path === undefined ? { path: input, row } : { path, row: Number(number) };
}

/** A file's bytes. @throws {DataError} `data-missing` when there is none */
export async function readInput(path: string, expected: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new DataError(`there is no file ${path}; the model reads ${expected}`, { code: 'data-missing' });
    if (code === 'EISDIR') throw new DataError(`${path} is a folder; the model reads ${expected}`);
    throw error;
  }
}
