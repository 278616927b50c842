import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

interface Outcome {
  readonly passed: number;
  readonly pending: string[];
  readonly failed: string[];
  readonly ourKernels: boolean;
}

/** tfjs-core's specs whose expected values we hold to be wrong, with the reason. */
const disputed: Record<string, string> = {
  'avgPool cpu {} gradient x=[3,3,1] f=[3,3] s=1 p=explicit':
    'divides by the size of the window, where the average that it is the gradient of divides by the pixels inside the image',
};

const entry = fileURLToPath(new URL('../test-support/conformance.mjs', import.meta.url));

it('passes the tests that tfjs-core ships, on cpu, with our kernels and gradients registered', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'jogak-conformance-'));
  try {
    const outfile = path.join(folder, 'conformance.mjs');
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      conditions: ['@jogak/source'],
      mainFields: ['module', 'main'],
      ignoreAnnotations: true,
      logLevel: 'error',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile], { maxBuffer: 2 ** 26 });
    const outcome = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Outcome;
    const nameOf = (failure: string): string | undefined => Object.keys(disputed).find(name => failure.startsWith(`${name}: `));
    expect(outcome.ourKernels).toBe(true);
    expect(outcome.failed.filter(failure => !nameOf(failure))).toEqual([]);
    expect(outcome.failed.map(nameOf)).toEqual(Object.keys(disputed));
    expect(outcome.passed).toBeGreaterThan(4200);
    // tfjs-core itself switches these off.
    expect(outcome.pending.every(spec => spec.endsWith('Temporarily disabled with xit'))).toBe(true);
  } finally {
    await rm(folder, { recursive: true });
  }
});
