// Jogak as a driver: `node jogak.js cpu|simd`.
import { createRequire } from 'node:module';
import { useBackend } from './jogak-backend.js';
import { jogakWork } from './jogak-work.js';
import { serve } from './serve.js';

const backend = process.argv[2] === 'simd' ? 'simd' : 'cpu';
const { version } = createRequire(import.meta.url)('@jogak/models/package.json') as { version: string };

await serve(`Jogak ${version}, ${backend}`, async ({ task, threads, dataDir }) => {
  await useBackend(backend, threads);
  return jogakWork(task, dataDir);
});
