import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { jogak, temporaryFolder } from './jogak.testing.js';

it('learns in two epochs, shows what it has learnt, and leaves what it promises', async () => {
  const folder = await temporaryFolder();
  const script = fileURLToPath(new URL('../../dist/quickstart.js', import.meta.url));
  const child = spawn(process.execPath, [script], { cwd: folder, env: { ...process.env, NO_COLOR: '1' } });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  const code = await new Promise(resolve => child.on('close', resolve));
  expect(code).toBe(0);
  const run = join(folder, 'runs', 'quickstart');
  const { history } = JSON.parse(await readFile(join(run, 'history.json'), 'utf8')) as { history: { val_accuracy: number[] } };
  expect(history.val_accuracy.length).toBe(2);
  expect(history.val_accuracy[1]).toBeGreaterThanOrEqual(0.78);
  // Six pictures, each with a verdict; nothing wider than a terminal.
  expect(out.match(/\d %/g)).toHaveLength(6);
  expect(out.match(/right|wrong: it is /g)).toHaveLength(6);
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  // What it says to try next works.
  expect((await jogak(['summary', run])).out).toContain('Total params: 197,210');
}, 180_000);
