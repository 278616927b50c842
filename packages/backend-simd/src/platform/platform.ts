import type { ProcessorUsage } from './processor-usage.js';

/** What {@link Platform.startHelper} sends to `worker.ts`. */
export interface HelperStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Its number, 1 or more. */
  readonly thread: number;
  /** Address of the count of helpers that run. */
  readonly running: number;
  /** Address of the flag that says that a helper failed. */
  readonly failed: number;
}

/** What the backend needs of the platform that it runs on. */
export interface Platform {
  /** How many threads the machine runs at once. */
  processors(): number;
  /** What the processors have done so far; undefined where that cannot be known. */
  processorUsage(): ProcessorUsage | undefined;
  /** Value of an environment variable; `undefined` where there are none. */
  environment(name: string): string | undefined;
  /** The bytes that a text in base64 stands for. */
  bytesOf(base64: string): Uint8Array<ArrayBuffer>;
  /** Whether this thread may sleep: a page's main thread may not. */
  mayBlock(): boolean;
  /** Asks the engine for relaxed SIMD where it has it behind a flag. */
  enableRelaxedSimd(): void;
  /** Starts a helping thread, which ends when it is told to in the memory. `onFailure` is called if it cannot start, or dies. */
  startHelper(start: HelperStart, onFailure: (reason: string) => void): void;
}
