import { defineConfig } from 'vitest/config';

/** What every package's tests share: sources of sibling packages are read without a build, through the export condition of the workspace. */
const conditions = ['@jogak/source', 'module', 'node', 'development', 'default'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    // One engine for all files of a worker: loading tfjs-core anew for each of them was most of a run's time.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: ['**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
  },
});
