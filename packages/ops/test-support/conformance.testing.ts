import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect } from 'vitest';

/** What became of tfjs-core's specs. */
export interface Outcome {
  readonly passed: number;
  readonly pending: string[];
  readonly failed: string[];
}

/** Specs that tfjs-core ships and runs: those for Node, and those for pages, where it has some more (canvas, video, HTTP, local storage). */
const SPECS = { node: 4227, browser: 4372 };

/** Bundles a program that calls `runSpecs`, with the packages' sources. */
export async function bundleSpecs(entry: string, outfile: string, platform: 'node' | 'browser'): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    // Neither a module in a page nor, as our own options would have it, strict: some specs look at `this` of calls in sloppy mode.
    format: platform === 'node' ? 'esm' : 'iife',
    platform,
    conditions: ['@jogak/source'],
    mainFields: ['module', 'main'],
    ignoreAnnotations: true,
    logLevel: 'error',
    ...(platform === 'node'
      ? { banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" } }
      : // The global scope is so called by jasmine; a script that is no module has no address of its own.
        { define: { global: 'globalThis', 'import.meta.url': 'location.href' }, tsconfigRaw: { compilerOptions: {} } }),
  });
}

/** Runs such a program in a process of its own; the last line that it prints is its outcome. */
export async function runBundle(file: string, ...args: readonly string[]): Promise<Outcome & Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...args], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) as string);
}

/** All pass, and none is left out but those that tfjs-core itself switches off. */
export function expectAllToPass({ passed, failed, pending }: Outcome, platform: 'node' | 'browser'): void {
  expect(failed).toEqual([]);
  expect(pending.filter(spec => !spec.endsWith('Temporarily disabled with xit'))).toEqual([]);
  expect(passed).toBe(SPECS[platform]);
}
