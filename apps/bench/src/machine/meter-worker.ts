// One thread of {@link ./meter.ts}: makes its own instance and memory, and runs a loop as often as it is told, from the moment that all threads are ready.
import { parentPort, workerData } from 'node:worker_threads';

/** What a thread is given. */
export interface MeterJob {
  readonly module: WebAssembly.Module;
  /** `[threads that are ready]`, shared by all. */
  readonly gate: Int32Array;
  readonly threads: number;
  readonly loop: 'arithmetic' | 'read' | 'update';
  /** How long to run for, in milliseconds. */
  readonly duration: number;
}

/** What a thread has measured, over the same stretch of time as all others. */
export interface MeterResult {
  /** Operations or bytes a second. */
  readonly rate: number;
}

/** Bytes of each of the two arrays that are gone through: far more than any cache of a thread. */
const ARRAY = 64 * 2 ** 20;
/** Where the first array starts, past anything that the module could keep. */
const START = 65_536;
/** Operations of one turn: twelve chains of four numbers, a multiplication and an addition each. */
const OPERATIONS_PER_TURN = 96;
const TURNS = 200_000;

interface Loops {
  multiplyAdd(turns: number, factor: number, term: number): number;
  read(source: number, bytes: number): number;
  update(target: number, source: number, bytes: number): void;
}

const { module, gate, threads, loop, duration } = workerData as MeterJob;
const pages = loop === 'arithmetic' ? 1 : (2 * ARRAY + START) / 65_536;
const memory = new WebAssembly.Memory({ initial: pages });
const loops = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Loops;
const once: () => number = {
  arithmetic: () => {
    loops.multiplyAdd(TURNS, 0.99999, 0.00001);
    return TURNS * OPERATIONS_PER_TURN;
  },
  read: () => {
    loops.read(START, ARRAY);
    return ARRAY;
  },
  update: () => {
    loops.update(START, START + ARRAY, ARRAY);
    return 3 * ARRAY;
  },
}[loop];
// Pages must be written to exist, or all of them read the same zeros out of a cache.
new Float32Array(memory.buffer).fill(1);
// The first run is compiled as it goes; the second already by the optimizing compiler.
once();
once();
Atomics.add(gate, 0, 1);
while (Atomics.load(gate, 0) < threads);
const begun = performance.now();
let done = 0;
let now = begun;
while ((now = performance.now()) - begun < duration) done += once();
parentPort?.postMessage({ rate: (done / (now - begun)) * 1000 } satisfies MeterResult);
