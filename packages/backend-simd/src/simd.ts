import { findBackend, findBackendFactory, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { platform } from '#platform';
import { SimdBackend } from './backend.js';
import { SimdError } from './errors.js';
import { borrowCpuKernels, registerKernels } from './kernel.js';
import { kernels } from './kernels.js';
import { hasRelaxedSimd, isSimdSupported, type KernelBuild } from './kernels-module.js';
import { checkOptions, defaultThreads, type SimdOptions } from './options.js';

/** What {@link simdStatus} tells. */
export interface SimdStatus {
  /** The build of the kernels that runs. */
  readonly kernels: KernelBuild;
  /** Threads that compute, this one included; while helpers are still starting, those that will. */
  readonly threads: number;
  readonly deterministic: boolean;
  /** Size of the memory, in bytes. */
  readonly memoryBytes: number;
  /** Bytes of it that hold tensors. */
  readonly bytesInUse: number;
}

/** Above `cpu` (1), `wasm` and `webgl` (2), below `webgpu` (3): whoever imports this backend wants it, unless there is a modern GPU interface. */
const PRIORITY = 2.5;
const MOST_MEMORY = 2 ** 32;

let options: SimdOptions = {};
/** Why the backend could not be made. tfjs-core, which goes on with the next one then, keeps it to itself. */
let failure: SimdError | undefined;

/** Registers the backend `simd`, where the engine can run it. Importing this package does so. */
export function registerSimd(): void {
  if (!isSimdSupported() || findBackendFactory('simd') != null) return;
  registerKernels(kernels);
  registerBackend('simd', create, PRIORITY);
}

function create(): SimdBackend {
  try {
    failure = undefined;
    return make();
  } catch (error) {
    if (error instanceof SimdError) {
      failure = error;
      console.warn(`The simd backend cannot start: ${error.message}.`);
    }
    throw error;
  }
}

function make(): SimdBackend {
  const { threads, deterministic = false, kernels: build, maximumMemory = MOST_MEMORY } = options;
  // Only now have other packages put theirs in.
  borrowCpuKernels();
  return new SimdBackend({
    kernels: build ?? (!deterministic && hasRelaxedSimd() ? 'relaxed' : 'plain'),
    threads: threads ?? defaultThreads(platform.environment('JOGAK_THREADS'), platform.processors()),
    deterministic,
    maximumMemory,
  });
}

/**
 * Sets the options of the backend. Call it before the backend is used: later on the backend is made anew, and tensors that it held
 * are lost.
 *
 * @throws {SimdError} `SIMD_OPTION` for what is no option, or not a value of it; `SIMD_UNSUPPORTED` where the engine has no SIMD, or
 * no relaxed SIMD and `kernels` asks for it.
 */
export function configureSimd(newOptions: SimdOptions): void {
  checkOptions(newOptions);
  if (!isSimdSupported()) throw unsupported();
  if (newOptions.kernels === 'relaxed' && !hasRelaxedSimd()) {
    throw new SimdError('SIMD_UNSUPPORTED', "this engine has no relaxed SIMD; leave kernels out, or take 'plain'");
  }
  options = { ...newOptions };
  if (findBackendFactory('simd') != null) removeBackend('simd');
  registerSimd();
}

/**
 * Starts the backend's threads, and waits until they are up. Without it they start with the first op that is worth sharing, and join
 * in as they come up.
 *
 * @throws {SimdError} `SIMD_UNSUPPORTED` where the engine has no SIMD; what else kept the backend from starting, `JOGAK_THREADS` for one.
 */
export async function ready(): Promise<SimdStatus> {
  await backend().ready();
  return simdStatus();
}

/**
 * How the backend runs. Makes it, if that has not happened yet.
 *
 * @throws {SimdError} `SIMD_UNSUPPORTED` where the engine has no SIMD.
 */
export function simdStatus(): SimdStatus {
  const { settings, threads, memoryBytes, bytesInUse } = backend();
  return { kernels: settings.kernels, threads, deterministic: settings.deterministic, memoryBytes, bytesInUse };
}

function backend(): SimdBackend {
  const found = findBackend('simd') as SimdBackend | undefined;
  if (!found) throw failure ?? unsupported();
  return found;
}

const unsupported = (): SimdError =>
  new SimdError('SIMD_UNSUPPORTED', 'this engine has no WebAssembly SIMD, or no shared memory; take the backend cpu');
