import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { type Browser, chromium } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executablePath, hasChromium, ISOLATION } from './chromium.testing.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const entry = path.join(root, 'test-support/page.ts');

/** The strictest policy under which WebAssembly runs. */
const STRICT = { 'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'" };

interface Outcome {
  readonly total: number;
  readonly threads: number;
  readonly kernels: string;
  readonly warnings: string[];
}

describe.runIf(hasChromium)('in a page', () => {
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'jogak-page-'));
    await writeFile(path.join(folder, 'index.html'), '<script type="module" src="./entry.js"></script>');
    await writeFile(path.join(folder, 'entry.js'), `import { report } from ${JSON.stringify(entry)};\nreport();`);
    await build({
      root: folder,
      logLevel: 'error',
      build: { outDir: path.join(folder, 'vite'), target: 'es2022' },
      resolve: { alias: { '@jogak/backend-simd': path.join(root, 'dist/index.js') } },
    });
    // esbuild does not see that worker.js belongs to the bundle: the page does without it.
    await esbuild.build({
      entryPoints: [path.join(folder, 'entry.js')],
      outfile: path.join(folder, 'esbuild/page.js'),
      bundle: true,
      format: 'esm',
      target: 'es2022',
      logLevel: 'error',
      alias: { '@jogak/backend-simd': path.join(root, 'dist/index.js') },
    });
    await writeFile(path.join(folder, 'esbuild/index.html'), '<script type="module" src="./page.js"></script>');
    browser = await chromium.launch({ executablePath });
  });

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  /** Serves `bundle` with these headers, and waits for what the page reports. */
  async function visit(bundle: 'vite' | 'esbuild', headers: Record<string, string>): Promise<Outcome> {
    const server = createServer(async (request, response) => {
      const name = request.url === '/' ? '/index.html' : request.url!;
      try {
        const content = await readFile(path.join(folder, bundle, name));
        response.writeHead(200, { 'content-type': name.endsWith('.js') ? 'text/javascript' : 'text/html', ...headers });
        response.end(content);
      } catch {
        response.writeHead(404, headers);
        response.end();
      }
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const page = await browser.newPage();
    try {
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction(() => document.title.startsWith('{'));
      return JSON.parse(await page.title()) as Outcome;
    } finally {
      await page.close();
      server.close();
    }
  }

  const processors = async (): Promise<number> => {
    const page = await browser.newPage();
    const count = await page.evaluate(() => navigator.hardwareConcurrency);
    await page.close();
    return count;
  };

  it('computes on all cores, from a file of the package, under a policy that forbids all but the site’s own scripts', async () => {
    expect(await visit('vite', { ...ISOLATION, ...STRICT })).toMatchObject({
      total: 512 * 300 * 200,
      threads: await processors(),
      warnings: [],
    });
  });

  it('computes on one thread, and says nothing, where the page has no shared memory', async () => {
    expect(await visit('vite', {})).toMatchObject({ total: 512 * 300 * 200, threads: 1, warnings: [] });
  });

  it('starts its threads from text where the bundler lost the file', async () => {
    expect(await visit('esbuild', ISOLATION)).toMatchObject({ total: 512 * 300 * 200, threads: await processors(), warnings: [] });
  });

  it('goes on alone, with a warning, where neither is allowed', async () => {
    const lost = (await processors()) - 1;
    const { total, threads, warnings } = await visit('esbuild', { ...ISOLATION, ...STRICT });
    expect({ total, threads, warnings: warnings.length }).toEqual({ total: 512 * 300 * 200, threads: 1, warnings: lost });
    if (lost > 0) expect(warnings[0]).toContain('could not start');
  });
});
