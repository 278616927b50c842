// A helping thread. It is built twice: as a module that browsers' bundlers find by its address, and as text for where no file can be
// named (`worker_threads` in a bundle, a blob). So it imports nothing.

/** What a helper needs to start. */
interface Start {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly thread: number;
  /** Address of the count of helpers that run. */
  readonly running: number;
  /** Address of the count of chunks that helpers have finished. */
  readonly done: number;
  /** Address of the flag that says that a helper failed. */
  readonly failed: number;
}

interface NodeThreads {
  readonly workerData: Start;
}

function start({ module, memory, thread, running, done, failed }: Start): void {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const words = new Int32Array(memory.buffer, 0, 1024);
  Atomics.add(words, running >> 2, 1);
  Atomics.notify(words, running >> 2);
  try {
    (exports.help as (thread: number) => void)(thread);
  } catch (error) {
    // The thread that waits for this chunk must not wait for ever.
    Atomics.store(words, failed >> 2, 1);
    Atomics.add(words, done >> 2, 1);
    Atomics.notify(words, done >> 2);
    throw error;
  } finally {
    Atomics.sub(words, running >> 2, 1);
  }
}

const scope = globalThis as unknown as {
  process?: { getBuiltinModule?: (name: string) => NodeThreads };
  onmessage?: (event: { data: Start }) => void;
};
const threads = scope.process?.getBuiltinModule?.('node:worker_threads');
if (threads) start(threads.workerData);
else scope.onmessage = ({ data }) => start(data);

export {};
