import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import { publint } from 'publint';
import { build, preview } from 'vite';
import { afterAll, describe, expect, it } from 'vitest';
import { packAll } from './pack.mjs';
import { consumerFiles } from './packaging-consumer.js';
import { program } from './program.mjs';
import { requireOrSkip } from './requirement.js';

/** Outside of the workspace, whose node_modules would otherwise be found. */
const scratch = mkdtempSync(path.join(tmpdir(), 'jogak-packaging-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const project = path.join(scratch, 'project');
mkdirSync(project);
for (const [name, content] of Object.entries(consumerFiles)) writeFileSync(path.join(project, name), content);

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, args: readonly string[], options: { shell?: boolean } = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: project, ...options });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', text => (stdout += text));
    child.stderr.on('data', text => (stderr += text));
    child.on('error', reject);
    child.on('close', status => resolve({ status, stdout, stderr }));
  });
}

const node = (...args: string[]): Promise<Outcome> => run(process.execPath, args);

/** The files of a tarball. */
function unpack(tarball: string): Map<string, string> {
  const bytes = gunzipSync(readFileSync(tarball));
  const text = (from: number, length: number): string => bytes.toString('utf8', from, from + length).replace(/\0.*$/s, '');
  const files = new Map<string, string>();
  for (let at = 0; text(at, 100) !== ''; ) {
    const size = Number.parseInt(text(at + 124, 12), 8);
    const prefix = text(at + 345, 155);
    files.set(`${prefix && `${prefix}/`}${text(at, 100)}`.replace(/^package\//, ''), text(at + 512, size));
    at += 512 * (1 + Math.ceil(size / 512));
  }
  return files;
}

const tarballs = packAll(path.join(scratch, 'tarballs')).map(file => {
  const files = unpack(file);
  return { file, files, manifest: JSON.parse(files.get('package.json') ?? '{}') };
});
const names = tarballs.map(({ manifest }) => manifest.name as string);

describe.concurrent.each(tarballs.map(tarball => [tarball.manifest.name as string, tarball] as const))(
  'the tarball of %s',
  (_, tarball) => {
    const { file, files, manifest } = tarball;

    it('has what its users need, and nothing else', () => {
      const stray = [...files.keys()].filter(name => /\.test\.|\.testing\.|\.tsbuildinfo$|^src\/|(?<!\.d)\.ts$/.test(name));
      expect(stray).toEqual([]);
      expect(files.get('LICENSE')).toContain('Apache License');
      expect(files.get('README.md') ?? '').toMatch(/^# /);
      expect(files.get('package.json')).not.toMatch(/"(workspace|catalog):|@jogak\/source":/);
      expect(manifest.engines.node).toBe('>=20.19');
      expect(Object.keys(manifest.scripts ?? {}).filter(name => /install|prepare/.test(name))).toEqual([]);
    });

    it('imports no CommonJS of TensorFlow.js in Node, which would read through it twice', () => {
      const bundles = [...files.keys()].filter(name => /^dist\/node\/.*\.js$/.test(name));
      expect(bundles.filter(name => /(from|import)\s*["']@tensorflow\//.test(files.get(name) as string))).toEqual([]);
    });

    it('passes publint --strict', async () => {
      const bytes = readFileSync(file);
      const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
      expect((await publint({ strict: true, pack: { tarball } })).messages).toEqual([]);
    });

    it('passes attw --profile esm-only', async () => {
      const { status, stdout } = await run(process.execPath, [program('@arethetypeswrong/cli', 'attw'), '--profile', 'esm-only', file]);
      expect(status, stdout).toBe(0);
    });
  },
);

const npm = await run(
  'npm',
  ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs.map(({ file }) => file)],
  {
    // On Windows npm is a script.
    shell: process.platform === 'win32',
  },
);
const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/.test(npm.stderr);
const hasRegistry = requireOrSkip(
  'an npm registry',
  npm.status === 0 || !offline,
  'the packages are installed as a user would: connect, and try again',
);

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const hasChromium = requireOrSkip(
  'Chromium',
  existsSync(executablePath),
  'install it (apt-get install chromium), or set CHROMIUM_PATH to it',
);

/** Every loss has fallen by a fifth at least, and no kernel was dropped. */
function expectTrained(printed: string): void {
  const { convolution, recurrent, missing } = JSON.parse(printed);
  for (const [first, last] of [convolution, recurrent]) expect(last, printed).toBeLessThan(0.8 * first);
  expect(missing).toEqual([]);
}

describe.runIf(hasRegistry)('a project that has installed the tarballs', () => {
  it('has them, without one install script among all its packages', () => {
    expect(npm.status, npm.stderr).toBe(0);
    const { packages } = JSON.parse(readFileSync(path.join(project, 'package-lock.json'), 'utf8'));
    expect(Object.keys(packages).filter(name => packages[name].hasInstallScript)).toEqual([]);
    expect(Object.keys(packages)).toEqual(expect.arrayContaining(names.map(name => `node_modules/${name}`)));
  });

  it('can import each of them by itself, from an ES module and from CommonJS', async () => {
    const libraries = tarballs.filter(({ manifest }) => manifest.exports?.['.']).map(({ manifest }) => manifest.name as string);
    expect(libraries.length).toBeGreaterThan(5);
    for (const name of [...libraries, '@jogak/ops/textbook', '@jogak/ops/chained']) {
      const code = `import('${name}').then(exports => console.log(typeof exports))`;
      const outcomes = await Promise.all(['module', 'commonjs'].map(type => node(`--input-type=${type}`, '-e', code)));
      for (const outcome of outcomes) expect(outcome, name).toEqual({ status: 0, stdout: 'object\n', stderr: '' });
    }
  });

  it('has one copy of tfjs-core in Node, whether it imports it, requires it, or takes it from here', async () => {
    const code = `
      import { createRequire } from 'node:module';
      import * as simd from '@jogak/backend-simd';
      import * as ops from '@jogak/ops';
      import * as imported from '@tensorflow/tfjs-core';
      const required = createRequire(process.cwd() + '/')('@tensorflow/tfjs-core');
      console.log(JSON.stringify({
        engines: new Set([ops, imported, required].map(core => core.engine())).size,
        classes: new Set([ops, imported, required].map(core => core.Tensor)).size,
        missing: Object.keys(required).filter(name => ops[name] !== required[name]),
        backend: imported.findBackend('simd') !== null && typeof simd.ready,
      }));`;
    expect(await node('--input-type=module', '-e', code)).toEqual({
      status: 0,
      stdout: '{"engines":1,"classes":1,"missing":[],"backend":"function"}\n',
      stderr: '',
    });
  });

  it('has types, for Node and for a bundler, and trains in Node', async () => {
    const tsc = program('typescript', 'tsc');
    expect(await node(tsc, '-p', 'tsconfig.bundler.json', '--noEmit')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(await node(tsc, '-p', 'tsconfig.node.json')).toEqual({ status: 0, stdout: '', stderr: '' });
    const tenLines = await node('compiled/ten-lines.js');
    expect(tenLines.stderr).toBe('');
    const [first, last] = JSON.parse(tenLines.stdout);
    expect(last).toBeLessThan(0.5 * first);
    expectTrained((await node('compiled/node.js')).stdout);
  });

  it('trains in a bundle of esbuild for Node', async () => {
    await esbuild.build({
      ...{ absWorkingDir: project, entryPoints: ['node.ts'], outfile: 'bundle.mjs', bundle: true, logLevel: 'error' },
      ...{ platform: 'node', format: 'esm', target: 'node20' },
      // tfjs-core asks for modules of Node by a require that ES modules have not.
      banner: { js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);" },
    });
    expectTrained((await node('bundle.mjs')).stdout);
  });

  it.runIf(hasChromium)('trains in a page, built by Vite and by esbuild, in which nothing of Node is left', async () => {
    const outDir = path.join(project, 'site');
    await build({ root: project, configFile: false, logLevel: 'warn', build: { outDir, target: 'es2022', chunkSizeWarningLimit: 4000 } });
    const bundled = { bundle: true, format: 'esm', target: 'es2022', logLevel: 'error' } as const;
    await esbuild.build({ ...bundled, absWorkingDir: project, entryPoints: ['page.ts'], outfile: path.join(outDir, 'esbuild.js') });
    writeFileSync(path.join(outDir, 'esbuild.html'), consumerFiles['esbuild.html'] as string);
    const scripts = readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(1);
    for (const name of scripts)
      expect(readFileSync(path.join(outDir, name), 'utf8')).not.toMatch(/(from|import)\s*\(?["']node:|__vite-browser-external/);

    const server = await preview({
      root: project,
      configFile: false,
      logLevel: 'error',
      build: { outDir },
      preview: { host: '127.0.0.1' },
    });
    const browser = await chromium.launch({ executablePath });
    try {
      for (const file of ['index.html', 'esbuild.html']) {
        const tab = await browser.newPage();
        const problems: string[] = [];
        tab.on('pageerror', error => problems.push(String(error)));
        await tab.goto(new URL(file, server.resolvedUrls?.local[0]).href);
        await tab.waitForFunction('document.title !== ""');
        expect(problems).toEqual([]);
        expectTrained(await tab.title());
      }
    } finally {
      await browser.close();
      await server.close();
    }
  });
});
