import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { requireOrSkip } from '../../../tools/requirement.js';
import { fingerprint } from './fingerprint.testing.js';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const hasChromium = requireOrSkip(
  'Chromium',
  existsSync(executablePath),
  'install it (apt-get install chromium), or set CHROMIUM_PATH to it',
);

/** Of the same training on every machine, Node version and browser. It changes only where a change of a kernel is meant to change its arithmetic. */
const FINGERPRINT = '64e05a3c';

describe('a deterministic training leaves the same bits', () => {
  it.each([1, 2, 3])('in Node, on %d threads', async threads => expect(await fingerprint(threads)).toBe(FINGERPRINT));

  it.runIf(hasChromium)('in a page', async () => {
    const entry = fileURLToPath(new URL('./fingerprint.testing.ts', import.meta.url));
    const { outputFiles } = await build({
      stdin: { contents: `import { fingerprint } from ${JSON.stringify(entry)}; globalThis.fingerprint = fingerprint;`, resolveDir: '.' },
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      conditions: ['@jogak/source'],
      logLevel: 'error',
    });
    const browser = await chromium.launch({ executablePath });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ type: 'module', content: outputFiles[0]!.text });
      await page.waitForFunction(() => 'fingerprint' in globalThis);
      expect(await page.evaluate(() => (globalThis as unknown as { fingerprint: typeof fingerprint }).fingerprint(1))).toBe(FINGERPRINT);
    } finally {
      await browser.close();
    }
  });
});
