import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasRelaxedSimd } from './kernels-module.js';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('a program of its own', () => {
  let folder: string;
  let bundle: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'jogak-program-'));
    bundle = path.join(folder, 'program.mjs');
    await build({
      entryPoints: [path.join(root, 'test-support/program.ts')],
      outfile: bundle,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
      alias: { '@jogak/backend-simd': path.join(root, 'src/index.ts') },
      conditions: ['@jogak/source'],
      mainFields: ['module', 'main'],
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Runs it, to its own end. */
  async function run(environment: Record<string, string> = {}): Promise<{ result: unknown; stderr: string }> {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [bundle], {
      env: { PATH: process.env.PATH, ...environment },
      timeout: 30_000,
    });
    return { result: JSON.parse(stdout), stderr };
  }

  it('computes on all cores, ends by itself, and prints nothing of ours', async () => {
    const { result, stderr } = await run();
    const threads = Math.min(64, availableParallelism());
    expect(result).toEqual({ backend: 'simd', total: 512 * 300 * 200, threads, kernels: hasRelaxedSimd() ? 'relaxed' : 'plain' });
    expect(stderr).not.toMatch(/jogak|simd|flag/i);
  });

  it('takes as many threads as JOGAK_THREADS says', async () => {
    expect((await run({ JOGAK_THREADS: '5' })).result).toMatchObject({ threads: 5, total: 512 * 300 * 200 });
    expect((await run({ JOGAK_THREADS: '1' })).result).toMatchObject({ threads: 1, total: 512 * 300 * 200 });
  });

  it('says what is wrong with JOGAK_THREADS', async () => {
    await expect(run({ JOGAK_THREADS: 'many' })).rejects.toThrow('JOGAK_THREADS must be a whole number from 1 to 64; got many');
  });
});
