// Bundles what `tsc` has built of a package for Node: `node ../../tools/bundle-node.mjs`, in the package's folder. Writes dist/node/, which the
// package's condition `node` names: a program that imports all packages loads some 20 files instead of 500, and starts in
// 0.29 s instead of 0.44 (beyond what Node itself takes). Bundlers
// for pages take the files as they are, and leave out those that nobody needs.
//
// Packages of TensorFlow.js are CommonJS. Before Node runs such a file for an `import` it reads through all of it twice, for whether it is a module after
// all and for the names that it exports, which for tfjs-core takes longer than running it. So they are required here, and their names are taken down
// when this is built: a quarter of the start is saved. It is the same copy that a program gets by its own import. Bundlers cannot see through
// the require: the condition `module`, which they have and Node has not, leads them to the files as they are.
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

const { dependencies = {}, exports, imports = {}, name, publishConfig } = JSON.parse(await readFile('package.json', 'utf8'));
const commonJs = /^@tensorflow\//;
const requiresSome = Object.keys(dependencies).some(dependency => commonJs.test(dependency));
const require = createRequire(path.resolve('package.json'));

const entryPoints = Object.entries(exports).flatMap(([entry, { module, node, default: file }]) => {
  if (!node) return [];
  const expected = file.replace('./dist/', './dist/node/');
  if (node !== expected) throw new Error(`${name}: the condition node of ${file} must name ${expected}; it names ${node}`);
  if (module !== (requiresSome ? file : undefined))
    throw new Error(`${name}: the condition module of ${file} must name ${requiresSome ? 'it' : 'nothing'}; it names ${module}`);
  const published = publishConfig.exports[entry];
  if (
    published.node !== node ||
    published.module !== module ||
    (module && Object.keys(published).indexOf('module') > Object.keys(published).indexOf('node'))
  )
    throw new Error(`${name}: publishConfig names another file for Node or for bundlers than exports does`);
  return [file];
});
if (entryPoints.length === 0) throw new Error(`${name} has no export with the condition node`);

/** A module with all exports of a CommonJS package, of which esbuild leaves out those that nobody imports. */
function requiring(specifier) {
  const names = Object.keys(require(specifier)).filter(name => name !== 'default');
  return [
    `import { createRequire } from 'node:module';`,
    `const exports = createRequire(import.meta.url)('${specifier}');`,
    ...names.map(name => `export const ${name} = /* @__PURE__ */ (() => exports.${name})();`),
  ].join('\n');
}

/** Whether a file of the package imports one that is required here. */
async function importsCommonJs(file) {
  return typeof file === 'string' && /from ['"]@tensorflow\//.test(await readFile(file, 'utf8'));
}

await rm('dist/node', { recursive: true, force: true });
await build({
  entryPoints,
  outdir: 'dist/node',
  outbase: 'dist',
  bundle: true,
  // What two entries share stands once.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: ['node'],
  logLevel: 'warning',
  plugins: [
    {
      name: 'externals',
      setup({ onLoad, onResolve }) {
        onResolve({ filter: commonJs }, ({ path: specifier }) => ({ path: specifier, namespace: 'required', sideEffects: false }));
        onLoad({ filter: commonJs, namespace: 'required' }, ({ path: specifier }) => ({ contents: requiring(specifier), resolveDir: '.' }));
        // Other packages, and what lies in gen/, which is large already and stands once in the package, but for what imports tfjs-core. `#platform` is chosen now.
        onResolve({ filter: /^[^./]/ }, async ({ path: specifier, kind }) =>
          kind === 'entry-point' || path.isAbsolute(specifier) || specifier === '#platform' || (await importsCommonJs(imports[specifier]))
            ? undefined
            : { path: specifier, external: true },
        );
      },
    },
  ],
});
