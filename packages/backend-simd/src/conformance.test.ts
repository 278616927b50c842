import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleSpecs, expectAllToPass, type Outcome, runBundle } from '../../ops/test-support/conformance.testing.js';
import { executablePath, hasChromium, ISOLATION } from './chromium.testing.js';
import type { SimdOptions } from './options.js';

const entry = fileURLToPath(new URL('../test-support/conformance.mjs', import.meta.url));

describe('the 4,227 tests that tfjs-core ships, and 145 more for pages,', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'jogak-conformance-'));
    await Promise.all([
      bundleSpecs(entry, path.join(folder, 'node.mjs'), 'node'),
      hasChromium ? bundleSpecs(entry, path.join(folder, 'page.js'), 'browser') : undefined,
    ]);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each<Required<Pick<SimdOptions, 'kernels' | 'threads'>>>([
    { kernels: 'plain', threads: 1 },
    { kernels: 'plain', threads: 3 },
    { kernels: 'relaxed', threads: 1 },
    { kernels: 'relaxed', threads: 3 },
  ])('pass in Node: $kernels SIMD, $threads threads', async options => {
    const outcome = await runBundle(path.join(folder, 'node.mjs'), JSON.stringify(options));
    expect(outcome).toMatchObject(options);
    expectAllToPass(outcome, 'node');
  });

  it.runIf(hasChromium).each<Pick<SimdOptions, 'kernels' | 'threads'>>([
    { kernels: 'plain', threads: 1 },
    { kernels: 'relaxed', threads: 2 },
  ])('pass in a page: $kernels SIMD, $threads threads', async options => {
    const outcome = await runInPage(folder, options);
    expect(outcome).toMatchObject(options);
    expectAllToPass(outcome, 'browser');
  });
});

/** Runs the bundle of a folder in a page of Chromium that has shared memory. */
async function runInPage(folder: string, options: SimdOptions): Promise<Outcome> {
  const server = createServer(async (request, response) => {
    const isScript = request.url === '/page.js';
    response.writeHead(isScript || request.url === '/' ? 200 : 404, {
      'content-type': isScript ? 'text/javascript' : 'text/html',
      ...ISOLATION,
    });
    response.end(isScript ? await readFile(path.join(folder, 'page.js')) : '<!doctype html><body><script src="./page.js"></script>');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage();
    const failure = new Promise<never>((_, reject) => page.once('pageerror', reject));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/#${encodeURIComponent(JSON.stringify(options))}`);
    await Promise.race([page.waitForFunction(() => document.title.startsWith('{'), undefined, { timeout: 0 }), failure]);
    return JSON.parse(await page.title());
  } finally {
    await browser.close();
    server.close();
  }
}
