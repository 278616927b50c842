import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { MeterJob, MeterResult } from './meter-worker.js';

/** A rate of one thread, and of all threads together. */
export interface Rate {
  readonly one: number;
  readonly all: number;
}

/** What the machine reaches at best through 128-bit SIMD in WebAssembly. */
export interface MachinePeaks {
  readonly threads: number;
  /** Operations a second, a multiplication and an addition being two, in separate instructions. */
  readonly plain: Rate;
  /** The same by relaxed SIMD's multiply-add; null where the engine does not have it. */
  readonly relaxed: Rate | null;
  /** Bytes a second, read from memory. */
  readonly read: Rate;
  /** Bytes a second of `target += source`: two read for each one written. */
  readonly update: Rate;
}

/** Milliseconds of a turn. */
const DURATION = 200;
/** The best of so many: whatever else the machine does only slows it. */
const TURNS = 5;

/** Measures the machine. Takes some ten seconds, and needs it to be idle. */
export async function measurePeaks(threads: number): Promise<MachinePeaks> {
  const plain = compile('meter-plain');
  const relaxed = compileRelaxed();
  const rate = async (module: WebAssembly.Module, loop: MeterJob['loop']): Promise<Rate> => {
    const one = await best(module, loop, 1);
    return { one, all: threads === 1 ? one : await best(module, loop, threads) };
  };
  return {
    threads,
    plain: await rate(plain, 'arithmetic'),
    relaxed: relaxed && (await rate(relaxed, 'arithmetic')),
    read: await rate(plain, 'read'),
    update: await rate(plain, 'update'),
  };
}

const binary = (name: string): Uint8Array<ArrayBuffer> => Uint8Array.from(readFileSync(new URL(`../${name}.wasm`, import.meta.url)));
const compile = (name: string): WebAssembly.Module => new WebAssembly.Module(binary(name));

function compileRelaxed(): WebAssembly.Module | null {
  const bytes = binary('meter-relaxed');
  // Node 20 has it behind a flag; later ones complain of that flag, and are not asked.
  if (!WebAssembly.validate(bytes)) setFlagsFromString('--experimental-wasm-relaxed-simd');
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
}

async function best(module: WebAssembly.Module, loop: MeterJob['loop'], threads: number): Promise<number> {
  let most = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    const gate = new Int32Array(new SharedArrayBuffer(4));
    const job: MeterJob = { module, gate, threads, loop, duration: DURATION };
    const rates = await Promise.all(Array.from({ length: threads }, () => runThread(job)));
    most = Math.max(
      most,
      rates.reduce((sum, rate) => sum + rate, 0),
    );
  }
  return most;
}

function runThread(job: MeterJob): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./meter-worker.js', import.meta.url), { workerData: job });
    worker.once('message', ({ rate }: MeterResult) => resolve(rate));
    worker.once('error', reject);
    worker.once('exit', code => reject(new Error(`a thread that measures the machine ended with exit code ${code}`)));
  });
}
