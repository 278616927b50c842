import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { expect, it } from 'vitest';
import { requireOrSkip } from '../../../../tools/requirement.js';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const hasChromium = requireOrSkip(
  'Chromium',
  existsSync(executablePath),
  'install it (apt-get install chromium), or set CHROMIUM_PATH to it',
);

/** What a worker of someone's page does; the line it posts is what the test reads. */
const program = `
  import { Dataset, fashionMnist, spam } from '@jogak/datasets';
  import { fashionMnistSample, spamSample } from '@jogak/samples';
  const { train } = await fashionMnist.loadData({ source: fashionMnistSample });
  const mails = await spam.loadData({ source: spamSample });
  const [batch] = await Dataset.fromArrays(train).shuffle({ seed: 1 }).batch(32).take(1).toArray();
  postMessage([train.x.shape, batch.x.shape, mails.x.length].join(' '));
`;

it.runIf(hasChromium)('the samples load in a worker of a page', async () => {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['@jogak/source'],
    logLevel: 'error',
  });
  const page = `<script type="module">
    new Worker('/worker.js', { type: 'module' }).onmessage = ({ data }) => (document.title = data);
  </script>`;
  const server = createServer((request, response) => {
    const isWorker = request.url === '/worker.js';
    response.setHeader('content-type', isWorker ? 'text/javascript' : 'text/html');
    response.end(isWorker ? outputFiles[0]?.contents : page);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({ executablePath });
  try {
    const tab = await browser.newPage();
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await tab.waitForFunction('document.title !== ""');
    expect(await tab.title()).toBe('6000,28,28,1 32,28,28,1 4000');
  } finally {
    await browser.close();
    server.close();
  }
});
