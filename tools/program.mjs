import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(new URL('../package.json', import.meta.url));

/**
 * The program file of a package of the workspace's root, to be started through Node, without a shell: what its `bin` names.
 *
 * @param {string} name of the package
 * @param {string} [bin] of the program, where it is another
 */
export function program(name, bin = name) {
  const manifest = findManifest(name);
  const { bin: bins } = JSON.parse(readFileSync(manifest, 'utf8'));
  return path.join(path.dirname(manifest), typeof bins === 'string' ? bins : bins[bin]);
}

/** Not every package exports its package.json. */
function findManifest(name) {
  for (const folder of require.resolve.paths(name) ?? []) {
    const manifest = path.join(folder, name, 'package.json');
    try {
      readFileSync(manifest);
      return manifest;
    } catch {}
  }
  throw new Error(`the package ${name} is not installed`);
}
