// A helping thread. It is built twice: as a module that browsers' bundlers find by its address, and as text for where no file can be
// named (`worker_threads` in a bundle, a blob). So it imports nothing that runs.

import type { HelperStart } from './platform/platform.js';

interface NodeThreads {
  readonly workerData: HelperStart;
}

function start({ module, memory, thread, running, failed }: HelperStart): void {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const words = new Int32Array(memory.buffer, 0, 1024);
  Atomics.add(words, running >> 2, 1);
  Atomics.notify(words, running >> 2);
  try {
    (exports.help as (thread: number) => void)(thread);
  } catch (error) {
    // The thread that waits for this chunk must not wait for ever.
    Atomics.store(words, failed >> 2, 1);
    throw error;
  } finally {
    Atomics.sub(words, running >> 2, 1);
  }
}

const scope = globalThis as unknown as {
  process?: { getBuiltinModule?: (name: string) => NodeThreads };
  onmessage?: (event: { data: HelperStart }) => void;
};
const threads = scope.process?.getBuiltinModule?.('node:worker_threads');
if (threads) start(threads.workerData);
else scope.onmessage = ({ data }) => start(data);
