import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { arrows, engineFolders, overrides } from './arrows.mjs';
import { lint } from './lint/lint.testing.js';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

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
    expect(lint(`${folder}/src`, content)).toContain('noRestrictedImports');
  });

  it('let an import through that follows them', () => {
    expect(lint('packages/models/src', "import { dense } from '@jogak/layers';\nexport const x = dense;\n")).not.toContain(
      'noRestrictedImports',
    );
  });
});
