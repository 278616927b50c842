import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type DataSet, type FetchedFile, gunzip } from '@jogak/datasets';

/** The files whose SHA-256 is not the published one: of the file, or of what it unpacks to, where only that is published. */
export async function wrongChecksums({ files }: DataSet, found: readonly FetchedFile[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const { name, where } of found) {
    const published = files.find(file => file.name === name);
    if (!published) continue;
    const bytes = await readFile(where);
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const content = published.hashOf === 'content' && isPacked ? gunzip(bytes) : bytes;
    if (createHash('sha256').update(content).digest('hex') !== published.sha256) wrong.push(where);
  }
  return wrong;
}
