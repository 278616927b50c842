import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Folder of real data that the repository does not hold: `JOGAK_SHARED_DATA`, else `shared/data` beside the checkout. */
export const sharedData: string = process.env.JOGAK_SHARED_DATA ?? fileURLToPath(new URL('../../shared/data', import.meta.url));

/** Whether {@link sharedData} has all these files. */
export function hasSharedData(...files: readonly string[]): boolean {
  return files.every(file => existsSync(`${sharedData}/${file}`));
}
