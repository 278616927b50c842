import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readDataFile } from './data-files.js';
import type { DataFile, DataSet } from './data-set.js';
import type { LoadOptions, LoadProgress } from './load-options.js';

const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 2654435761) >>> 24);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

type Answer = (request: IncomingMessage, response: ServerResponse, attempt: number) => void;

let server: Server;
let folder = '';
let answer: Answer;
let ranges: (string | undefined)[];
let file: DataFile;
let dataSet: DataSet;

/** Sends what is asked for, with Range support. */
const serve: Answer = (request, response) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  response.writeHead(request.headers.range ? 206 : 200, { 'content-length': content.length - start });
  response.end(content.subarray(start));
};

/** Announces the rest of the file, sends `length` bytes of it, and breaks the connection. */
const breakAfter =
  (length: number): Answer =>
  (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(request.headers.range ? 206 : 200, { 'content-length': content.length - start });
    response.write(content.subarray(start, start + length), () => setTimeout(() => response.destroy(), 20));
  };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jogak-'));
  vi.stubEnv('JOGAK_CACHE_DIR', folder);
  vi.stubEnv('JOGAK_DATA_DIR', '');
  answer = serve;
  ranges = [];
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    answer(request, response, ranges.length);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  file = { name: 'data.bin', url, bytes: content.length, sha256: sha256(content), hashOf: 'file' };
  dataSet = { name: 'tiny', title: 'Tiny', license: 'CC0-1.0', homepage: 'http://example.org', files: [file], sample: 'tinySample' };
});

afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const load = (options: LoadOptions = {}) => readDataFile(dataSet, file, options);
const kept = (): Promise<string[]> => readdir(join(folder, 'tiny'));

const hint =
  'Without a network, use the sample: --sample, or loadData({ source: tinySample }). ' +
  'Files that you have are read with --data FOLDER, or loadData({ dataDir })';

describe('a download', () => {
  it('brings the file into the cache, once', async () => {
    const progress: LoadProgress[] = [];
    const { bytes, where } = await load({ onProgress: step => progress.push(step) });
    expect([Buffer.compare(bytes, content), where]).toEqual([0, join(folder, 'tiny', 'data.bin')]);
    expect(progress[0]).toEqual({ file: 'data.bin', received: 0, total: 300_000 });
    expect(progress.at(-1)).toEqual({ file: 'data.bin', received: 300_000, total: 300_000 });
    await load();
    expect(ranges).toEqual([undefined]);
    expect(await kept()).toEqual(['data.bin']);
  });

  it('goes on where the connection broke', async () => {
    answer = (request, response, attempt) => (attempt === 1 ? breakAfter(100_000) : serve)(request, response, attempt);
    expect(Buffer.compare((await load()).bytes, content)).toBe(0);
    expect(ranges).toEqual([undefined, 'bytes=100000-']);
  });

  it('goes on where another process stopped', async () => {
    await mkdir(join(folder, 'tiny'));
    // No process has this number: Linux ends at 2^22, and others do not come near.
    await writeFile(join(folder, 'tiny', 'data.bin.999999999-1.part'), content.subarray(0, 200_000));
    expect(Buffer.compare((await load()).bytes, content)).toBe(0);
    expect(ranges).toEqual(['bytes=200000-']);
    expect(await kept()).toEqual(['data.bin']);
  });

  it('begins again where the server knows no ranges', async () => {
    answer = (request, response, attempt) => {
      if (attempt === 1) return breakAfter(100_000)(request, response, attempt);
      response.writeHead(200, { 'content-length': content.length });
      response.end(content);
    };
    expect(Buffer.compare((await load()).bytes, content)).toBe(0);
  });

  it('is fetched as a whole once more when its pieces do not fit', async () => {
    await mkdir(join(folder, 'tiny'));
    await writeFile(join(folder, 'tiny', 'data.bin.999999999-1.part'), new Uint8Array(200_000));
    expect(Buffer.compare((await load()).bytes, content)).toBe(0);
    expect(ranges).toEqual(['bytes=200000-', undefined]);
  });

  it('keeps what came when the connection keeps breaking, says so, and goes on in the next call', async () => {
    answer = (request, response, attempt) => (attempt === 1 ? breakAfter(100_000) : breakAfter(0))(request, response, attempt);
    await expect(load()).rejects.toMatchObject({ name: 'DataError', code: 'download' });
    expect(await kept()).toEqual([expect.stringMatching(/^data\.bin\.\d+-\d+\.part$/)]);
    answer = serve;
    expect(Buffer.compare((await load()).bytes, content)).toBe(0);
    expect(ranges.at(-1)).toBe('bytes=100000-');
  });

  it('is not kept with a wrong checksum', async () => {
    const other = content.slice();
    other[5]! ^= 1;
    answer = (_, response) => response.end(other);
    await expect(load()).rejects.toMatchObject({
      code: 'download',
      message: `${file.url}/data.bin has the SHA-256 ${sha256(other)}; expected ${file.sha256}: it was changed there or on its way, and is not kept. ${hint}`,
    });
    expect(await kept()).toEqual([]);
  });

  it('says what the server answers', async () => {
    answer = (_, response) => response.writeHead(404).end();
    await expect(load()).rejects.toMatchObject({
      code: 'download',
      message: `${file.url}/data.bin cannot be downloaded: the server answers 404 Not Found. ${hint}`,
    });
    expect(await kept()).toEqual([]);
  });

  it('says that there is no network, and names the sample', async () => {
    await new Promise(resolve => server.close(resolve));
    await expect(load()).rejects.toMatchObject({
      name: 'DataError',
      code: 'download',
      message: expect.stringMatching(
        /^http:\/\/127\.0\.0\.1:\d+\/data\.bin cannot be downloaded: connect ECONNREFUSED 127\.0\.0\.1:\d+\. Without a network, use the sample: --sample/,
      ),
    });
    server = createServer();
    const { sample: _, ...noSample } = dataSet;
    await expect(readDataFile(noSample, file, {})).rejects.toThrow(
      'This data set has no sample; with --sample, without a network, train fashion-cnn or spam-lstm.',
    );
  });

  it('stops at more bytes than the file can have', async () => {
    answer = (_, response) => response.end(new Uint8Array(700_000));
    await expect(load()).rejects.toThrow(`${file.url}/data.bin sends more than 665536 bytes; data.bin has 300000.`);
    expect(await kept()).toEqual([]);
  });

  it('is stopped by a signal', async () => {
    const controller = new AbortController();
    answer = (request, response, attempt) => {
      breakAfter(100_000)(request, response, attempt);
      controller.abort();
    };
    await expect(load({ signal: controller.signal })).rejects.toMatchObject({
      code: 'aborted',
      message: 'the download of data.bin was stopped',
    });
    await expect(load({ signal: controller.signal })).rejects.toMatchObject({ code: 'aborted', message: 'loading tiny was stopped' });
  });

  it('runs twice at once without harm', async () => {
    const [one, two] = await Promise.all([load(), load()]);
    expect([Buffer.compare(one.bytes, content), Buffer.compare(two.bytes, content)]).toEqual([0, 0]);
    expect(await kept()).toEqual(['data.bin']);
  });

  it('is checked by its content where a file may be packed anew', async () => {
    const packed = gzipSync(content);
    file = { ...file, name: 'data.bin.gz', hashOf: 'content' };
    answer = (_, response) => response.end(packed);
    expect(Buffer.compare((await load()).bytes, content)).toBe(0);
    expect(Buffer.compare(await readFile(join(folder, 'tiny', 'data.bin.gz')), packed)).toBe(0);
  });

  it('comes from another address when told', async () => {
    const elsewhere = { ...file, url: 'http://127.0.0.1:1/nothing' };
    expect((await readDataFile(dataSet, elsewhere, { baseUrl: `${file.url}/` })).bytes).toHaveLength(content.length);
  });

  // What is left of an earlier download is taken over, and here it leads to a device that is always full.
  it.runIf(existsSync('/dev/full'))('says that there is no room', async () => {
    await mkdir(join(folder, 'tiny'));
    await symlink('/dev/full', join(folder, 'tiny', 'data.bin.999999999-1.part'));
    await expect(load()).rejects.toMatchObject({
      name: 'DataError',
      code: 'storage',
      message:
        `${join(folder, 'tiny', 'data.bin')} cannot be stored: there is no room left for it; ` +
        'free some space, or set JOGAK_CACHE_DIR to a folder that has more',
    });
  });

  it('says that the cache cannot be written to', async () => {
    await writeFile(join(folder, 'tiny'), 'a file where the folder should be');
    await expect(load()).rejects.toMatchObject({
      code: 'storage',
      message: expect.stringMatching(/data\.bin cannot be stored: .*; set JOGAK_CACHE_DIR to a folder that can be written to$/),
    });
  });
});

describe('where files are looked for', () => {
  it('is JOGAK_DATA_DIR alone, when set', async () => {
    vi.stubEnv('JOGAK_DATA_DIR', join(folder, 'mine'));
    await expect(load()).rejects.toMatchObject({
      code: 'data-missing',
      message: `tiny: JOGAK_DATA_DIR, ${join(folder, 'mine')}, has no data.bin; put the files of http://example.org there, or name no folder to have them downloaded`,
    });
    await mkdir(join(folder, 'mine', 'tiny'), { recursive: true });
    await writeFile(join(folder, 'mine', 'tiny', 'data.bin'), 'mine');
    expect(new TextDecoder().decode((await load()).bytes)).toBe('mine');
    expect(ranges).toEqual([]);
  });
});
