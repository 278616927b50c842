import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it, vi } from 'vitest';
import { fashionMnist } from '../images/fashion-mnist.js';
import { readDataFile } from '../load/data-files.js';
import { csv } from '../own/csv.js';
import { imageFolder } from '../own/image-folder.js';

vi.mock('#platform', () => import('./browser.js'));

describe('in a page', () => {
  it('data come from a source or an address', async () => {
    await expect(fashionMnist.loadData()).rejects.toThrow(
      'fashion-mnist: a page has no data folder; pass `source` (a sample of @jogak/samples) or `baseUrl`',
    );
    await expect(fashionMnist.loadData({ dataDir: 'data' })).rejects.toThrow(
      'fashion-mnist: there are no folders in a page, so no dataDir; pass `source` or `baseUrl`',
    );
    await expect(imageFolder('pets', { size: 8 })).rejects.toThrow(
      'imageFolder reads files, which a page has not; use Dataset.fromGenerator with fetch, or a File',
    );
  });

  it('an address is fetched, and checked', async () => {
    const content = Buffer.from('a,b\n1,2\n');
    const server = createServer((request, response) => {
      if (request.url === '/d/data.csv') response.end(content);
      else response.writeHead(404).end();
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/d`;
    const file = {
      name: 'data.csv',
      url: 'http://127.0.0.1:1',
      bytes: 8,
      sha256: createHash('sha256').update(content).digest('hex'),
      hashOf: 'file',
    } as const;
    const dataSet = { name: 'tiny', title: 'Tiny', license: 'none', homepage: 'http://example.org', files: [file] };
    const { bytes, where } = await readDataFile(dataSet, file, { baseUrl });
    expect([Buffer.compare(bytes, content), where]).toEqual([0, `${baseUrl}/data.csv`]);
    await expect(readDataFile(dataSet, { ...file, sha256: '0'.repeat(64) }, { baseUrl })).rejects.toThrow(
      'it was changed there or on its way, and is not kept',
    );
    expect(await csv(`${baseUrl}/data.csv`, { label: 'b' }).toArray()).toHaveLength(1);
    await expect(csv(`${baseUrl}/no.csv`, {}).toArray()).rejects.toThrow(
      `${baseUrl}/no.csv cannot be read: the server answers 404 Not Found`,
    );
    server.close();
  });

  it('nothing of Node is bundled', async () => {
    const { metafile } = await build({
      entryPoints: [fileURLToPath(new URL('../index.ts', import.meta.url))],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'browser',
      format: 'esm',
      conditions: ['@jogak/source'],
      logLevel: 'silent',
      external: ['@jogak/ops'],
    });
    const inputs = Object.keys(metafile.inputs).map(path => path.replaceAll('\\', '/'));
    expect(inputs.some(path => path.endsWith('platform/browser.ts'))).toBe(true);
    expect(inputs.filter(path => path.endsWith('platform/node.ts') || path.includes('node:'))).toEqual([]);
  });
});
