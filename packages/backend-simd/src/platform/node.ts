import { availableParallelism, cpus } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import workerSource from '#worker-source';
import type { Platform } from './platform.js';
import { usageOf } from './processor-usage.js';

/** Node, and what is compatible with it. */
export const platform: Platform = {
  processors: () => availableParallelism(),
  processorUsage() {
    const { user, system } = process.cpuUsage();
    return usageOf(cpus(), (user + system) / 1000);
  },
  environment: name => process.env[name],
  // atob looks at every character in JavaScript, and takes some ten milliseconds for the kernels.
  bytesOf: base64 => Buffer.from(base64, 'base64'),
  mayBlock: () => true,
  // Node 20 has relaxed SIMD behind this flag; later versions have it always, and are not asked.
  enableRelaxedSimd: () => setFlagsFromString('--experimental-wasm-relaxed-simd'),
  startHelper(start, onFailure) {
    // From text, so that no file has to lie beside a bundle.
    const worker = new Worker(workerSource, { eval: true, workerData: start, name: 'jogak-simd', execArgv: [], env: {} });
    worker.on('error', error => onFailure(error.message));
    // The program ends when its own work does.
    worker.unref();
  },
};
