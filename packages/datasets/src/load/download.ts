import { DataError, isJogakError } from '@jogak/ops';
import { gunzip, isGzip } from '../formats/gzip.js';
import type { PartialFile } from '../platform/platform.js';
import { chunksOf } from '../stream/chunks.js';
import { throwIfAborted } from './aborted.js';
import type { DataFile } from './data-set.js';
import type { LoadOptions } from './load-options.js';
import { sha256 } from './sha256.js';

/** How often a connection that broke is taken up again in one call, as long as each brings something. */
const attempts = 4;

/**
 * Downloads a file into `target`, from where that ends, and puts it in place once its checksum is right.
 *
 * A connection that breaks is taken up where it broke (an HTTP Range request, or from the start where the server has none); what came stays
 * for the next call. What was put together from several connections and has the wrong checksum is fetched once more as a whole.
 *
 * @param url its address
 * @param hint what to do when it cannot be had, a sentence
 * @returns the file's bytes, as they are stored
 * @throws {DataError} with code `download`; a `JogakError` with code `aborted`.
 */
export async function download(
  file: DataFile,
  url: string,
  target: PartialFile,
  options: Pick<LoadOptions, 'signal' | 'onProgress'>,
  hint: string,
): Promise<Uint8Array> {
  try {
    let pieces = target.size > 0 ? 2 : 1;
    for (;;) {
      pieces += await transfer(file, url, target, options, hint);
      const bytes = await target.contents();
      const hash = await contentHash(file, bytes);
      if (hash === file.sha256) {
        await target.commit();
        return bytes;
      }
      await target.restart();
      if (pieces > 1) {
        pieces = 1;
        continue;
      }
      throw failure(
        `${url} has the SHA-256 ${hash}; expected ${file.sha256}: it was changed there or on its way, and is not kept. ${hint}`,
      );
    }
  } catch (error) {
    await target.release().catch(() => {});
    throw error;
  }
}

/** Appends what is missing of the file. Returns how many times the connection had to be taken up again. */
async function transfer(
  file: DataFile,
  url: string,
  target: PartialFile,
  options: Pick<LoadOptions, 'signal' | 'onProgress'>,
  hint: string,
): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const before = target.size;
    try {
      await connection(file, url, target, options, hint);
      return attempt - 1;
    } catch (error) {
      throwIfAborted(options.signal, `the download of ${file.name}`);
      if (isJogakError(error)) throw error;
      if (target.size > before && attempt < attempts) continue;
      throw failure(
        `${url} cannot be downloaded: ${reasonOf(error)}${target.size > 0 ? `; ${target.size} bytes are there` : ''}. ${hint}`,
        error,
      );
    }
  }
}

async function connection(
  file: DataFile,
  url: string,
  target: PartialFile,
  { signal, onProgress }: Pick<LoadOptions, 'signal' | 'onProgress'>,
  hint: string,
): Promise<void> {
  throwIfAborted(signal, `the download of ${file.name}`);
  const start = target.size;
  // Not packed on its way: the size and the ranges of the file itself are what counts.
  const headers = { 'accept-encoding': 'identity', ...(start > 0 ? { range: `bytes=${start}-` } : {}) };
  const response = await fetch(url, { headers, ...(signal ? { signal } : {}) });
  if (response.status === 416) return response.body?.cancel(); // there is nothing after what has come
  if (!response.ok || !response.body)
    throw failure(`${url} cannot be downloaded: the server answers ${response.status} ${response.statusText}. ${hint}`);
  const resumed = response.status === 206;
  if (start > 0 && !resumed) await target.restart();
  const announced = response.headers.get('content-length');
  const total = announced === null ? null : Number(announced) + (resumed ? start : 0);
  // Twice the published size leaves room for another packing, and none for a disk full of something else.
  const most = 2 * file.bytes + 65536;
  onProgress?.({ file: file.name, received: target.size, total });
  for await (const chunk of chunksOf(response.body)) {
    await target.append(chunk);
    if (target.size > most) {
      await target.restart();
      throw failure(`${url} sends more than ${most} bytes; ${file.name} has ${file.bytes}. ${hint}`);
    }
    onProgress?.({ file: file.name, received: target.size, total });
  }
  if (total !== null && target.size < total) throw new Error(`it ended after ${target.size} of ${total} bytes`);
}

/** The SHA-256 that the data set's page states: of the file, or of what it unpacks to. What cannot be unpacked has the wrong one. */
async function contentHash(file: DataFile, bytes: Uint8Array): Promise<string> {
  if (file.hashOf === 'file' || !isGzip(bytes)) return sha256(bytes);
  try {
    return await sha256(gunzip(bytes, 16 * file.bytes, file.name));
  } catch (error) {
    if (isJogakError(error, 'format')) return sha256(bytes);
    throw error;
  }
}

/** What Node's `fetch failed` hides in its cause. */
function reasonOf(error: unknown): string {
  const cause = (error as Error).cause;
  return cause instanceof Error && cause.message ? cause.message : (error as Error).message;
}

const failure = (message: string, cause?: unknown): DataError => new DataError(message, { code: 'download', cause });
