// Bundles parts of tfjs-core that its package does not export, as modules that speak to the engine of '@tensorflow/tfjs-core' itself, whichever
// build of it is loaded.
//
// The parts are written against tfjs-core's internal modules. Bundling those as they are would bring a second engine and a second Tensor class
// along. So each internal module whose exports are public is replaced by a re-export of the package, and the few internal objects by what the
// package offers for them.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const core = '@tensorflow/tfjs-core';
const require = createRequire(import.meta.url);
const packageDir = path.dirname(require.resolve(`${core}/package.json`));
const dist = path.join(packageDir, 'dist');
const gen = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'gen');

const { version } = require(`${core}/package.json`);
const publicNames = new Set(Object.keys(require(core)));
const { util, backend_util: backendUtil, slice_util: sliceUtil, image } = require(core);

/** Names that an ES module of tfjs-core exports, or null where `export *` hides some. */
function exportedNames(source) {
  if (/^export \*/m.test(source)) return null;
  const declared = [...source.matchAll(/^export (?:async )?(?:const|let|var|function|class) (\w+)/gm)].map(match => match[1]);
  const listed = [...source.matchAll(/^export \{([^}]*)\}/gm)]
    .flatMap(match =>
      match[1].split(',').map(name =>
        name
          .trim()
          .split(/\s+as\s+/)
          .pop(),
      ),
    )
    .filter(Boolean);
  return [...declared, ...listed];
}

/** A module of names that stand in a namespace object of the package. */
function fromNamespace(namespace, names) {
  return `import { ${namespace} as from } from '${core}';\n${names.map(name => `export const ${name} = from.${name};`).join('\n')}`;
}

/** Modules replaced one by one, because what they export is reached under another name. */
const shims = {
  'base.js': `export * from '${core}';`,
  // Both re-export whole modules, so that their names are not seen in them.
  'ops/ops.js': `export { ${[...publicNames].join(', ')} } from '${core}';`,
  'util.js': fromNamespace('util', Object.keys(util)),
  'engine.js': `import { engine } from '${core}'; export const ENGINE = engine();`,
  'tensor.js': `import { Tensor } from '${core}'; export { Tensor }; export const getGlobalTensorClass = () => Tensor;`,
  'environment.js': `export { env } from '${core}';`,
};

/** Modules whose functions stand in a namespace object of the package. */
const namespaces = [
  ['util', util],
  ['backend_util', backendUtil],
  ['slice_util', sliceUtil],
  ['image', image],
];

function shimFor(file, source) {
  const relative = path.relative(dist, file).split(path.sep).join('/');
  if (shims[relative]) return shims[relative];
  const names = exportedNames(source);
  if (!names?.length || relative.startsWith('gradients/')) return null;
  if (names.every(name => publicNames.has(name))) return `export { ${names.join(', ')} } from '${core}';`;
  for (const [namespace, members] of namespaces) {
    if (names.every(name => name in members)) return fromNamespace(namespace, names);
  }
  return null;
}

const shared = {
  name: 'shared-engine',
  setup(bundle) {
    bundle.onResolve({ filter: new RegExp(`^${core}$`) }, () => ({ path: core, external: true }));
    bundle.onLoad({ filter: /tfjs-core[\\/]dist[\\/].*\.js$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      return { contents: shimFor(file, source) ?? source, loader: 'js', resolveDir: path.dirname(file) };
    });
  },
};

/**
 * Writes a module of tfjs-core, with what it imports, to `gen/<name>.js`, and its types beside it.
 *
 * @param {string} name of the module to write
 * @param {{entry: string, what: string, types: string}} part the file under tfjs-core's dist, what it is in words, and its declarations
 */
export async function writePart(name, { entry, what, types }) {
  await mkdir(gen, { recursive: true });
  await build({
    entryPoints: [path.join(dist, entry)],
    outfile: path.join(gen, `${name}.js`),
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module'],
    ignoreAnnotations: true,
    plugins: [shared],
    logLevel: 'warning',
    legalComments: 'none',
    banner: {
      js: `/* ${what} of @tensorflow/tfjs-core ${version}, Copyright Google LLC, licensed under Apache-2.0; bundled by @jogak/ops. */`,
    },
  });
  await writeFile(path.join(gen, `${name}.d.ts`), types);
}
