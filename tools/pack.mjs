// `npm run pack`: a tarball of every public package in dist/, and the line that installs them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Folders of the packages that are published. */
export function publicPackages() {
  const folders = ['packages', 'apps'].flatMap(parent => readdirSync(path.join(root, parent)).map(name => path.join(root, parent, name)));
  return folders.filter(folder => {
    try {
      return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).private !== true;
    } catch {
      return false;
    }
  });
}

/** Packs them into `target`, with pnpm, which puts real versions in place of the workspace's. @returns paths of the tarballs */
export function packAll(target) {
  const manifest = createRequire(path.join(root, 'package.json')).resolve('pnpm/package.json');
  const pnpm = path.join(path.dirname(manifest), 'bin', 'pnpm.mjs');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const folder of publicPackages()) {
    const { status, stderr, stdout } = spawnSync(process.execPath, [pnpm, 'pack', '--pack-destination', target], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`pnpm pack failed in ${folder}:\n${stdout}${stderr}`);
  }
  return readdirSync(target)
    .filter(name => name.endsWith('.tgz'))
    .map(name => path.join(target, name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tarballs = packAll(path.join(root, 'dist'));
  console.log(`${tarballs.length} tarballs are in dist. In another project, install all of them:\n`);
  console.log(`npm install ${tarballs.map(file => JSON.stringify(file)).join(' ')}\n`);
  console.log('or those you want and, until the packages are published, in the same line those they need:\n');
  for (const folder of publicPackages()) {
    const { name, dependencies = {} } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const ours = Object.keys(dependencies).filter(dependency => dependency === 'jogak' || dependency.startsWith('@jogak/'));
    console.log(`  ${name}${ours.length > 0 ? ` needs ${ours.join(', ')}` : ' needs no other'}`);
  }
}
