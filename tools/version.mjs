// After `changeset version`: writes the umbrella's version into the module that tells it to programs.
import { readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('../packages/jogak/', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
const module = new URL('src/version.ts', folder);
writeFileSync(module, readFileSync(module, 'utf8').replace(/jogak: '[^']*'/, `jogak: '${version}'`));
