#!/usr/bin/env node
import { existsSync } from 'node:fs';

if (existsSync(new URL('../dist/main.js', import.meta.url))) {
  const { runFromCommandLine } = await import('../dist/main.js');
  await runFromCommandLine();
} else {
  // In a clone of the repository; what is installed is built.
  process.stderr.write('jogak: not built yet: run npm run quickstart, or npx turbo run build --filter=@jogak/cli, first\n');
  process.exitCode = 1;
}
