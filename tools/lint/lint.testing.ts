import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'jogak-lint-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What Biome, with this repository's rules, says of a file of this content in a folder. */
export function lint(folder: string, content: string): string {
  const { vcs: _, plugins, ...config } = JSON.parse(readFileSync(path.join(root, 'biome.json'), 'utf8'));
  mkdirSync(path.join(scratch, folder), { recursive: true });
  const here = plugins.map((plugin: { path: string }) => ({ ...plugin, path: path.join(root, plugin.path) }));
  writeFileSync(path.join(scratch, 'biome.json'), JSON.stringify({ ...config, plugins: here }));
  writeFileSync(path.join(scratch, folder, 'tried.ts'), content);
  const { stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'node_modules/@biomejs/biome/bin/biome'), 'lint', folder], {
    cwd: scratch,
    encoding: 'utf8',
  });
  return stdout + stderr;
}
