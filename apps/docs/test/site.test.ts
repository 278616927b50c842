// The built site in a browser: `npm test` builds it first, `npm run docs:build` does it alone.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireOrSkip } from '../../../tools/requirement.js';
import { deadAnchors } from './dead-anchors.js';
import { serveSite } from './site-server.js';

const executablePath = '/usr/bin/chromium';
const site = fileURLToPath(new URL('../.vitepress/dist', import.meta.url));
const ready =
  requireOrSkip('Chromium', existsSync(executablePath), "install Debian's package chromium") &&
  requireOrSkip('the built site', existsSync(`${site}/index.html`), 'npm run docs:build');

const phone = { width: 375, height: 812 };

describe.runIf(ready)('the site', () => {
  let browser: Browser;
  let server: Awaited<ReturnType<typeof serveSite>>;
  beforeAll(async () => {
    [browser, server] = await Promise.all([chromium.launch({ executablePath }), serveSite(site)]);
  });
  afterAll(() => Promise.all([browser?.close(), server?.close()]));

  /** A page, and what has gone wrong on it: errors, and requests that leave the machine. */
  async function open(path: string, options: BrowserContextOptions = {}): Promise<{ page: Page; wrong: string[] }> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('console', message => message.type() === 'error' && wrong.push(message.text()));
    page.on('pageerror', error => wrong.push(error.message));
    context.on('request', request => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(server.address)) wrong.push(`request to ${request.url()}`);
    });
    await page.goto(server.address + path, { waitUntil: 'networkidle' });
    return { page, wrong };
  }

  const sidewaysScroll = (page: Page): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  const points = async (page: Page): Promise<number> =>
    Number(await page.getByRole('img', { name: /Curve of the accuracy/ }).getAttribute('data-points'));

  /** Notes from here on every length of the curve of the accuracy that the page shows: a training may end between two looks of a test. */
  async function watchCurve(page: Page): Promise<() => Promise<number[]>> {
    const lengths = await page.evaluateHandle(() => {
      const lengths: number[] = [];
      const curve = document.querySelector('[role="img"][aria-label^="Curve of the accuracy"]') as HTMLElement;
      new MutationObserver(() => lengths.push(Number(curve.dataset.points))).observe(curve, { attributeFilter: ['data-points'] });
      return lengths;
    });
    return () => lengths.jsonValue();
  }

  it('trains on the start page, in a worker, by keyboard, with growing curves and the page alive', async () => {
    const { page, wrong } = await open('/');
    const status = page.getByRole('status');
    expect(await status.textContent()).toContain('a recorded run, 10 epochs');
    await page.getByLabel('Epochs', { exact: true }).fill('2');
    await page.getByLabel('Images').fill('960');
    const lengths = await watchCurve(page);
    await page.getByRole('button', { name: 'Train', exact: true }).press('Enter');
    // The page's own thread is free: it draws while the worker trains.
    await expect.poll(() => status.textContent(), { timeout: 45_000 }).toMatch(/^Done\. Validation accuracy after epoch 2: \d\d\.\d %\.$/);
    expect(page.workers()).toHaveLength(1);
    const [started, ...grown] = await lengths();
    expect(started).toBe(0);
    expect(grown.length).toBeGreaterThan(2);
    expect(grown).toEqual([...grown].sort((a, b) => a - b));
    expect(await page.getByRole('img', { name: /Curve of the loss/ }).getAttribute('aria-label')).toMatch(/Validation: \d\.\d{3}\.$/);
    expect(await page.getByRole('img', { name: /^Test image: / }).count()).toBe(12);
    // Three guesses for each.
    expect(await page.locator('.test-images dd').count()).toBe(36);
    expect(wrong).toEqual([]);
  });

  it('trains on all cores where the page is isolated from other origins, on one elsewhere, and says so', async () => {
    const isolated = await serveSite(site, {
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    try {
      for (const { address } of [server, isolated]) {
        const page = await browser.newPage();
        await page.goto(`${address}/`, { waitUntil: 'networkidle' });
        await page.getByLabel('Images').fill('64');
        await page.getByRole('button', { name: 'Train', exact: true }).press('Enter');
        const cores = address === server.address ? 1 : await page.evaluate(() => navigator.hardwareConcurrency);
        const said = page.locator('.computing');
        await said.waitFor();
        expect((await said.textContent())?.trim()).toBe(`Computed by the backend simd, on ${cores} ${cores === 1 ? 'thread' : 'threads'}.`);
        await page.close();
      }
    } finally {
      await isolated.close();
    }
  });

  it('pauses, goes on and stops', async () => {
    const { page, wrong } = await open('/');
    const demo = page.locator('.training-demo');
    const state = (name: string): Promise<void> => expect.poll(() => demo.getAttribute('data-state'), { timeout: 30_000 }).toBe(name);
    await page.getByLabel('Images').fill('3000');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await expect.poll(() => points(page), { timeout: 30_000 }).toBeGreaterThan(1);
    await page.getByRole('button', { name: 'Pause' }).click();
    await state('paused');
    // A step that was under way may still come in; then the curve stands still.
    await page.waitForTimeout(300);
    const paused = await points(page);
    await page.waitForTimeout(500);
    expect(await points(page)).toBe(paused);
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect.poll(() => points(page), { timeout: 30_000 }).toBeGreaterThan(paused);
    await page.getByRole('button', { name: 'Stop' }).click();
    await state('stopped');
    expect(await page.locator('.test-images dd').count()).toBe(36);
    expect(wrong).toEqual([]);
  });

  it('asks for settings that can be, and starts nothing without', async () => {
    const { page } = await open('/');
    await page.getByLabel('Images').fill('7000');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    expect(await page.locator('.training-demo').getAttribute('data-state')).toBe('idle');
    expect(page.workers()).toHaveLength(0);
  });

  it.each([
    '/',
    '/guide/getting-started',
    '/packages/optimizers',
    '/recipes/',
    '/recipes/results',
    '/benchmarks/',
    '/packages/kernels',
    '/recipes/recurrent-network',
    '/api/layers/',
  ])('fits on a phone without scrolling sideways: %s', async path => {
    const { page, wrong } = await open(path, { viewport: phone });
    expect(await sidewaysScroll(page)).toBe(0);
    expect(wrong).toEqual([]);
  });

  it.each(['/recipes/results', '/benchmarks/'])(
    'scrolls a wide table in its own box on a phone, shades what is cut, and keeps the first column: %s',
    async path => {
      const { page } = await open(path, { viewport: phone });
      const table = page.locator('.wide-table').first();
      const box = table.locator('.scroll');
      const sides = async (): Promise<string[]> => {
        const names = ((await table.getAttribute('class')) ?? '').split(' ');
        return names.filter(name => name === 'before' || name === 'after');
      };
      const first = table.locator('tbody tr:first-child > :first-child');
      const left = async (): Promise<number> => (await first.boundingBox())?.x ?? Number.NaN;
      const start = await left();
      await expect.poll(sides).toEqual(['after']);
      expect((await first.boundingBox())?.width).toBeLessThan(phone.width / 2.5);
      // By keyboard, for which the box has to take the focus.
      await box.focus();
      await page.keyboard.press('ArrowRight');
      await expect.poll(sides).toEqual(['before', 'after']);
      expect(await left()).toBe(start);
      await box.evaluate(element => element.scrollTo({ left: element.scrollWidth }));
      await expect.poll(sides).toEqual(['before']);
      expect(await left()).toBe(start);
    },
  );

  it.each(['/recipes/results', '/benchmarks/', '/packages/kernels'])('cuts no table at 1280 pixels: %s', async path => {
    const { page } = await open(path, { viewport: { width: 1280, height: 800 } });
    await page.locator('details').evaluateAll(all => {
      for (const details of all) (details as HTMLDetailsElement).open = true;
    });
    const cut = await page.locator('.wide-table .scroll').evaluateAll(all => all.filter(box => box.scrollWidth > box.clientWidth).length);
    expect(cut).toBe(0);
  });

  it('has no link to a place that is not on the page it leads to', () => {
    expect(deadAnchors(site)).toEqual([]);
  });

  it('typesets the equations of a recipe, and shows its network, its curve and its source', async () => {
    const { page, wrong } = await open('/recipes/recurrent-network');
    expect(await page.locator('.katex-display .katex-html').count()).toBeGreaterThan(4);
    expect(await page.locator('.katex-error').count()).toBe(0);
    const layers = page.getByRole('list', { name: 'Layers of recurrent-network' }).getByRole('listitem');
    expect(await layers.count()).toBe(3);
    expect(await layers.nth(1).textContent()).toContain('4,256 weights');
    const curve = page.getByRole('img', { name: /^Loss and accuracy of recurrent-network/ });
    expect(await curve.evaluate(image => (image as HTMLImageElement).naturalWidth)).toBe(864);
    expect(await page.getByText('export class RecurrentNetwork').count()).toBe(1);
    expect(wrong).toEqual([]);
  });

  it('finds words in its pages', async () => {
    const { page } = await open('/guide/save-and-load');
    await page.keyboard.press('Control+k');
    await page.getByRole('searchbox').fill('orthogonal');
    await page.locator('#localsearch-list').getByText('recurrent-network').first().waitFor();
  });
});
