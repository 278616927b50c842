import { SimdError } from './errors.js';

/** Options of the `simd` backend. */
export interface SimdOptions {
  /**
   * How many threads compute, this one included; 1 to 64.
   * @default the environment variable `JOGAK_THREADS`, else as many as the machine runs at once
   */
  threads?: number;
  /**
   * Same bits on every machine, Node version and browser: plain SIMD, and an error where an op would run a kernel that uses `Math`'s
   * exp, log, pow, sin, cos or tanh, whose last bits ECMAScript leaves open.
   * @default false
   */
  deterministic?: boolean;
  /**
   * `relaxed` rounds a product and a sum once where the processor can, and is faster there; `plain` rounds twice everywhere.
   * @default relaxed where the engine has it, plain elsewhere and where `deterministic`
   */
  kernels?: 'relaxed' | 'plain';
  /**
   * How far the memory may grow, in bytes.
   * @default 2 ** 32
   */
  maximumMemory?: number;
}

/** Most threads that a backend takes. */
const MOST_THREADS = 64;
/** Most bytes that 32-bit addresses reach. */
const MOST_MEMORY = 2 ** 32;
const LEAST_MEMORY = 2 ** 20;

const keys: Record<keyof SimdOptions, true> = { threads: true, deterministic: true, kernels: true, maximumMemory: true };

/** @throws {SimdError} `SIMD_OPTION` for what is no option, or not a value of it. */
export function checkOptions(options: SimdOptions): void {
  const unknown = Object.keys(options).find(key => !Object.hasOwn(keys, key));
  if (unknown !== undefined) throw optionError(unknown, `is no option of the simd backend; it has ${Object.keys(keys).join(', ')}`);
  const { threads, deterministic, kernels, maximumMemory } = options;
  if (threads !== undefined) checkThreads(threads, 'threads');
  if (deterministic !== undefined && typeof deterministic !== 'boolean') {
    throw optionError('deterministic', `must be true or false; got ${String(deterministic)}`);
  }
  if (kernels !== undefined && kernels !== 'relaxed' && kernels !== 'plain') {
    throw optionError('kernels', `must be 'relaxed' or 'plain'; got ${JSON.stringify(kernels)}`);
  }
  if (deterministic && kernels === 'relaxed')
    throw optionError('kernels', "must be 'plain' where deterministic is true: relaxed SIMD rounds differently on different processors");
  if (maximumMemory !== undefined && !(Number.isInteger(maximumMemory) && maximumMemory >= LEAST_MEMORY && maximumMemory <= MOST_MEMORY)) {
    throw optionError(
      'maximumMemory',
      `must be a whole number of bytes from ${LEAST_MEMORY} to ${MOST_MEMORY}; got ${String(maximumMemory)}`,
    );
  }
}

/** @throws {SimdError} `SIMD_OPTION` when `threads` is no count of threads. `name` and `given` say where it was given, and what. */
function checkThreads(threads: number, name: string, given: unknown = threads): number {
  if (Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS) return threads;
  throw optionError(name, `must be a whole number from 1 to ${MOST_THREADS}; got ${String(given)}`);
}

/** What `JOGAK_THREADS` asks for, else what the machine runs at once, up to the most that a backend takes. */
export function defaultThreads(variable: string | undefined, processors: number): number {
  if (variable !== undefined && variable !== '') return checkThreads(Number(variable), 'JOGAK_THREADS', variable);
  return Math.min(Math.max(1, processors), MOST_THREADS);
}

const optionError = (name: string, text: string): SimdError => new SimdError('SIMD_OPTION', `${name} ${text}`);
