import { statSync } from 'node:fs';
import { DataError } from '@jogak/ops';

/** @throws {DataError} `data-missing` when what `--data` names is no folder */
export function checkDataFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  const reason = found ? 'that is a file; the folder of the data is needed' : 'there is no such folder';
  throw new DataError(`--data ${folder}: ${reason}`, { code: 'data-missing' });
}
