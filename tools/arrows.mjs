// Who may import whom: the one table from which `node tools/arrows.mjs` writes Biome's rules and which a test holds the manifests to.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Folder → the packages of this repository that it may import. @type {Readonly<Record<string, readonly string[]>>} */
export const arrows = {
  'packages/ops': [],
  'packages/backend-simd': [],
  'packages/samples': [],
  'packages/layers': ['@jogak/ops'],
  'packages/optimizers': ['@jogak/ops'],
  'packages/datasets': ['@jogak/ops'],
  'packages/models': ['@jogak/ops', '@jogak/layers', '@jogak/optimizers', '@jogak/datasets'],
  'packages/jogak': ['@jogak/ops', '@jogak/layers', '@jogak/optimizers', '@jogak/datasets', '@jogak/models', '@jogak/backend-simd'],
  'apps/cli': [
    '@jogak/ops',
    '@jogak/backend-simd',
    '@jogak/layers',
    '@jogak/optimizers',
    '@jogak/datasets',
    '@jogak/models',
    '@jogak/samples',
    'jogak',
  ],
};

/** Folders that speak to tfjs-core themselves; everyone else goes through `@jogak/ops`. @type {readonly string[]} */
export const engineFolders = ['packages/ops', 'packages/backend-simd'];

const names = Object.keys(arrows).map(folder => (folder === 'packages/jogak' ? 'jogak' : `@jogak/${path.basename(folder)}`));

/** Biome's overrides: for each folder, the imports that it may not have. */
export function overrides() {
  return Object.entries(arrows).map(([folder, allowed]) => {
    const own = folder === 'packages/jogak' ? 'jogak' : `@jogak/${path.basename(folder)}`;
    const forbidden = names.filter(name => !allowed.includes(name));
    const patterns = [
      {
        group: forbidden.flatMap(name => [name, `${name}/**`]),
        message: `${own} may import ${allowed.length ? allowed.join(', ') : 'no other package of Jogak'}: see CONTRIBUTING.md.`,
      },
      {
        group: [...names.map(name => `${name}/dist/**`), '**/packages/*/src/**', '**/apps/*/src/**'],
        message: "Use a package's public exports.",
      },
    ];
    if (!engineFolders.includes(folder)) {
      patterns.push({
        group: ['@tensorflow/**'],
        message: "Take tensors and their functions from '@jogak/ops', the one door to tfjs-core.",
      });
    }
    return {
      // Tests may hold what they test against its peers.
      includes: [`${folder}/src/**`, `!${folder}/src/**/*.test.ts`, `!${folder}/src/**/*.testing.ts`],
      linter: { rules: { style: { noRestrictedImports: { level: 'error', options: { patterns } } } } },
    };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = path.join(root, 'biome.json');
  const config = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, `${JSON.stringify({ ...config, overrides: overrides() }, null, 2)}\n`);
}
