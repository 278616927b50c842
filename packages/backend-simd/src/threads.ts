import { platform } from '#platform';
import type { Jobs } from './allocator.js';
import { SimdError } from './errors.js';
import { ARGUMENTS, FAILED, HEAD, JOBS, RUNNING, SLEEPERS, SLOT_BYTES, SLOTS, STOP, TAIL } from './layout.js';
import { freeBetween, type ProcessorUsage } from './platform/processor-usage.js';

/** What the kernels' module exports. */
interface Exports {
  /** Puts into the memory what kernels read there. */
  writeConstants(): void;
  runAlone(kernel: number, chunks: number): void;
  push(kernel: number, chunks: number): void;
  workUntil(job: number): number;
  sleep(): void;
}

/** Jobs, and milliseconds at the least, between two looks at how many processors other programs leave free. */
const JOBS_BETWEEN_LOOKS = 64;
const BETWEEN_LOOKS = 500;
/** Fewer free processors than this are one: a helper would share it with this thread, or another with the other programs. */
const ENOUGH = 1.5;
/** Milliseconds that other threads have to end the chunks of a job that has failed. */
const RETREAT = 20;
/** Milliseconds that {@link Threads.ready} waits for helpers to come up. */
const PATIENCE = 5000;

/**
 * The threads that run kernels over one memory: this one, and helpers.
 *
 * Jobs go into a queue, which helpers work off while this thread goes on with what is JavaScript's; {@link finish} waits for the results,
 * and helps. Helpers are started by the first job that is worth sharing, or by {@link ready}, and join in when they are up; until then,
 * and where they cannot be started, this thread runs each job at once. Chunks are the same whoever runs them, and so are results.
 */
export class Threads implements Jobs {
  readonly #exports: Exports;
  readonly #words: Int32Array;
  /** The slots of all jobs. */
  readonly #jobs: Float64Array;
  readonly #slots: Int32Array;
  readonly #mayBlock = platform.mayBlock();
  #wanted: number;
  #started = false;
  /** The memory holds the last 32 bits of it. */
  #next = 0;
  /** Jobs below this number are known to be done. */
  #done = 0;
  #jobsToLook = JOBS_BETWEEN_LOOKS;
  #lastLook = 0;
  #usage: ProcessorUsage | undefined;
  /** Whether other programs leave one processor only. */
  #isCrowded = false;

  /** @param count threads to compute with, this one included. */
  constructor(
    private readonly module: WebAssembly.Module,
    private readonly memory: WebAssembly.Memory,
    count: number,
  ) {
    this.#exports = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
    this.#exports.writeConstants();
    // The memory is shared: when it grows, views of its beginning stay good.
    this.#words = new Int32Array(memory.buffer, 0, JOBS >> 2);
    this.#jobs = new Float64Array(memory.buffer, JOBS, (SLOTS * SLOT_BYTES) >> 3);
    this.#slots = new Int32Array(this.#jobs.buffer, JOBS, (SLOTS * SLOT_BYTES) >> 2);
    this.#wanted = count;
  }

  /** Threads that compute now, this one included. */
  get running(): number {
    return 1 + this.#word(RUNNING);
  }

  /** Threads that compute when all helpers are up; fewer than were asked for if some could not start. */
  get count(): number {
    return this.#wanted;
  }

  get next(): number {
    return this.#next;
  }

  areDone(job: number): boolean {
    if (this.#done >= job) return true;
    this.#done = this.#next - ((this.#next - this.#word(HEAD)) | 0);
    return this.#done >= job;
  }

  /** Whether all jobs are done. */
  get idle(): boolean {
    return this.areDone(this.#next);
  }

  /**
   * Has chunks 0 … chunks − 1 of a kernel run, in any order, on whichever threads there are, after all jobs before. They may not have
   * been when it returns. Arguments are as assembly/job.ts reads them.
   */
  run(kernel: number, chunks: number, args: readonly number[]): void {
    if (chunks === 0) return;
    const isShared = this.#isShared(chunks);
    // A thread alone keeps the order too. And the queue has an end: from there on this thread helps, until helpers have enough to do
    // for a while.
    if (!isShared) this.finish();
    else if (!this.areDone(this.#next + 1 - SLOTS)) this.finish(this.#next - SLOTS / 2);
    const begin = ((this.#next & (SLOTS - 1)) * SLOT_BYTES + ARGUMENTS) >> 3;
    for (let i = 0; i < args.length; i++) this.#jobs[begin + i] = args[i]!;
    if (isShared) {
      this.#exports.push(kernel, chunks);
      this.#next++;
    } else this.#exports.runAlone(kernel, chunks);
  }

  /** Whether helpers take part in the next job. */
  #isShared(chunks: number): boolean {
    if (this.#wanted === 1) return false;
    if (--this.#jobsToLook === 0) this.#look();
    if (this.#isCrowded) return false;
    if (!this.#started) {
      if (chunks === 1) return false;
      this.#start();
    }
    const helpers = this.#word(RUNNING);
    // To wake a helper costs more than a small job.
    return helpers > 0 && (chunks > 1 || this.#word(SLEEPERS) < helpers || !this.idle);
  }

  /** Waits until all jobs before number `job` are done, @default all, and takes part in them meanwhile. */
  finish(job: number = this.#next): void {
    if (this.areDone(job)) return;
    try {
      while (this.#work(job) !== 0) if (this.#mayBlock) this.#exports.sleep();
    } catch (error) {
      this.#abandon();
      throw error;
    }
  }

  /**
   * A helper that has to share its processor holds a chunk for as long as other programs run there, and everyone waits for it: with one
   * processor left, this thread is faster alone.
   */
  #look(): void {
    this.#jobsToLook = JOBS_BETWEEN_LOOKS;
    const now = performance.now();
    const passed = now - this.#lastLook;
    if (passed < BETWEEN_LOOKS) return;
    this.#lastLook = now;
    const before = this.#usage;
    this.#usage = platform.processorUsage();
    // What others did long ago, while this program did nothing, tells nothing of now.
    const isKnown = before && this.#usage && passed < 3 * BETWEEN_LOOKS;
    this.#isCrowded = isKnown ? freeBetween(before, this.#usage!) < ENOUGH : false;
  }

  #work(job: number): number {
    if (this.#word(FAILED) !== 0) throw new SimdError('SIMD_THREAD', 'a thread of the simd backend failed within a kernel');
    return this.#exports.workUntil(job | 0);
  }

  /** Drops the jobs that are left, after one has failed. */
  #abandon(): void {
    const first = this.#word(HEAD);
    for (let job = first; job !== (this.#next | 0); job = (job + 1) | 0) {
      // The lower half of the ticket counts the chunks that nobody has taken.
      Atomics.store(this.#slots, ((job & (SLOTS - 1)) * SLOT_BYTES) >> 2, 0);
    }
    // Other threads may be at chunks of the job yet; there is no telling how many of its chunks have failed.
    for (const end = performance.now() + RETREAT; performance.now() < end; );
    Atomics.store(this.#words, HEAD >> 2, this.#next | 0);
    Atomics.store(this.#words, FAILED >> 2, 0);
    this.#done = this.#next;
  }

  #word(address: number): number {
    return Atomics.load(this.#words, address >> 2);
  }

  #start(): void {
    this.#started = true;
    const wanted = this.#wanted;
    for (let thread = 1; thread < wanted; thread++) {
      const start = { module: this.module, memory: this.memory, thread, running: RUNNING, failed: FAILED };
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
    try {
      this.finish();
    } finally {
      Atomics.store(this.#words, STOP >> 2, 1);
      // A helper that is about to sleep until there is a job finds that there was one.
      this.#next++;
      Atomics.add(this.#words, HEAD >> 2, 1);
      Atomics.add(this.#words, TAIL >> 2, 1);
      Atomics.notify(this.#words, TAIL >> 2);
      this.#wanted = 1;
    }
  }
}
