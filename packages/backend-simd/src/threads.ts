import { platform } from '#platform';
import { SimdError } from './errors.js';
import { DONE, EPOCH, FAILED, JOB, RUNNING, STOP } from './layout.js';

/** What the kernels' module exports. */
interface Exports {
  /** Puts into the memory what kernels read there. */
  writeConstants(): void;
  runAlone(kernel: number, chunks: number): void;
  fork(kernel: number, chunks: number): number;
  join(others: number, mayBlock: number): void;
}

/** Milliseconds that a join may wait for helpers, whatever the work, before it counts as a stall. */
const STALL = 0.3;
/** Jobs at the most that are run alone after a stall. */
const LONGEST_PENALTY = 1024;
/** Milliseconds that {@link Threads.ready} waits for helpers to come up. */
const PATIENCE = 5000;

/**
 * The threads that run kernels over one memory: this one, and helpers.
 *
 * Helpers are started by the first job that is worth sharing, or by {@link ready}, and join in when they are up; until then, and
 * where they cannot be started, this thread does all the work. Chunks are the same whoever runs them, and so are results.
 */
export class Threads {
  readonly #exports: Exports;
  readonly #words: Int32Array;
  readonly #job: Float64Array;
  readonly #mayBlock: number = platform.mayBlock() ? 1 : 0;
  #wanted: number;
  #started = false;
  /** How many of the next jobs are run alone, because helpers did not come back in time. */
  #alone = 0;
  #penalty = 1;

  /** @param count threads to compute with, this one included. */
  constructor(
    private readonly module: WebAssembly.Module,
    private readonly memory: WebAssembly.Memory,
    count: number,
  ) {
    this.#exports = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
    this.#exports.writeConstants();
    // The memory is shared: when it grows, views of its beginning stay good.
    this.#words = new Int32Array(memory.buffer, 0, JOB >> 2);
    this.#job = new Float64Array(memory.buffer, JOB, 64);
    this.#wanted = count;
  }

  /** Threads that compute now, this one included. */
  get running(): number {
    return 1 + Atomics.load(this.#words, RUNNING >> 2);
  }

  /** Threads that compute when all helpers are up; fewer than were asked for if some could not start. */
  get count(): number {
    return this.#wanted;
  }

  /** Runs chunks 0 … chunks − 1 of a kernel, in any order, on whichever threads there are. Arguments are as assembly/job.ts reads them. */
  run(kernel: number, chunks: number, args: readonly number[]): void {
    const job = this.#job;
    for (let i = 0; i < args.length; i++) job[i] = args[i]!;
    if (chunks === 1 || this.#wanted === 1) this.#exports.runAlone(kernel, chunks);
    else if (this.#alone > 0) {
      this.#alone--;
      this.#exports.runAlone(kernel, chunks);
    } else this.#runTogether(kernel, chunks);
  }

  #runTogether(kernel: number, chunks: number): void {
    if (!this.#started) this.#start();
    const begin = performance.now();
    const others = this.#exports.fork(kernel, chunks);
    if (others === 0) return;
    const finished = performance.now();
    this.#exports.join(others, this.#mayBlock);
    const waited = performance.now() - finished;
    if (Atomics.load(this.#words, FAILED >> 2) !== 0)
      throw new SimdError('SIMD_THREAD', 'a thread of the simd backend failed within a kernel');
    // A helper whose core does other work holds everyone up for as long as the system lets that run.
    if (waited > STALL && waited > finished - begin) {
      this.#alone = this.#penalty;
      this.#penalty = Math.min(2 * this.#penalty, LONGEST_PENALTY);
    } else if (this.#penalty > 1) this.#penalty--;
  }

  #start(): void {
    this.#started = true;
    const wanted = this.#wanted;
    for (let thread = 1; thread < wanted; thread++) {
      const start = { module: this.module, memory: this.memory, thread, running: RUNNING, done: DONE, failed: FAILED };
      try {
        platform.startHelper(start, reason => this.#lose(1, reason));
      } catch (error) {
        this.#lose(wanted - thread, error instanceof Error ? error.message : String(error));
        return;
      }
    }
  }

  /** Goes on with `count` threads less. */
  #lose(count: number, reason: string): void {
    this.#wanted = Math.max(1, this.#wanted - count);
    const left = this.#wanted === 1 ? '1 thread' : `${this.#wanted} threads`;
    console.warn(`The simd backend goes on with ${left}: ${count} could not start, or died (${reason}).`);
  }

  /** Starts the helpers and waits until they are up, or have failed, or five seconds have passed. */
  async ready(): Promise<void> {
    if (!this.#started && this.#wanted > 1) this.#start();
    const end = performance.now() + PATIENCE;
    while (this.running < this.#wanted && performance.now() < end) await new Promise(resolve => setTimeout(resolve, 1));
  }

  /** Ends the helpers. */
  stop(): void {
    Atomics.store(this.#words, STOP >> 2, 1);
    Atomics.add(this.#words, EPOCH >> 2, 1);
    Atomics.notify(this.#words, EPOCH >> 2);
    this.#wanted = 1;
  }
}
