import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { bundleSpecs, expectAllToPass, runBundle } from '../test-support/conformance.testing.js';

const entry = fileURLToPath(new URL('../test-support/conformance.mjs', import.meta.url));

it('passes the 4,227 tests that tfjs-core ships, on cpu, with our kernels and gradients registered', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'jogak-conformance-'));
  try {
    const file = path.join(folder, 'conformance.mjs');
    await bundleSpecs(entry, file, 'node');
    const outcome = await runBundle(file);
    expect(outcome.ourKernels).toBe(true);
    expectAllToPass(outcome, 'node');
  } finally {
    await rm(folder, { recursive: true });
  }
});
