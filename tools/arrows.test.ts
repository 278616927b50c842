import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { arrows, engineFolders, overrides } from './arrows.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

const scratch = mkdtempSync(path.join(tmpdir(), 'jogak-arrows-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What Biome, with this repository's rules, says of a file of this content in a folder. */
function lint(folder: string, content: string): string {
  const { vcs: _, ...config } = read('biome.json');
  mkdirSync(path.join(scratch, folder, 'src'), { recursive: true });
  writeFileSync(path.join(scratch, 'biome.json'), JSON.stringify(config));
  writeFileSync(path.join(scratch, folder, 'src/tried.ts'), content);
  const { stdout, stderr } = spawnSync(process.execPath, [path.join(root, 'node_modules/@biomejs/biome/bin/biome'), 'lint', folder], {
    cwd: scratch,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

describe('the arrows between packages', () => {
  it("are Biome's rules: `node tools/arrows.mjs` writes them", () => {
    expect(read('biome.json').overrides).toEqual(overrides());
  });

  it.each(Object.entries(arrows))('%s depends on no other packages than it may import', (folder, allowed) => {
    const { dependencies = {} } = read(`${folder}/package.json`);
    const ours = Object.keys(dependencies).filter(name => name === 'jogak' || name.startsWith('@jogak/'));
    expect(ours.filter(name => !allowed.includes(name))).toEqual([]);
    if (!engineFolders.includes(folder)) expect(Object.keys(dependencies).filter(name => name.startsWith('@tensorflow/'))).toEqual([]);
  });

  it.each([
    ['packages/layers', "import { sgd } from '@jogak/optimizers';\nexport const x = sgd;\n"],
    ['packages/ops', "import { dense } from '@jogak/layers';\nexport const x = dense;\n"],
    ['packages/models', "import { tensor } from '@tensorflow/tfjs-core';\nexport const x = tensor;\n"],
    ['packages/models', "import { dense } from '@jogak/layers/dist/core/dense.js';\nexport const x = dense;\n"],
    ['packages/optimizers', "import { dense } from '../../../packages/layers/src/index.js';\nexport const x = dense;\n"],
    ['packages/datasets', "export const load = () => import('@jogak/models');\n"],
  ])('fail the lint of %s at the first import against them', (folder, content) => {
    expect(lint(folder, content)).toContain('noRestrictedImports');
  });

  it('let an import through that follows them', () => {
    expect(lint('packages/models', "import { dense } from '@jogak/layers';\nexport const x = dense;\n")).not.toContain(
      'noRestrictedImports',
    );
  });
});
