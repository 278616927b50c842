import { configureSimd, isSimdSupported, ready } from '@jogak/backend-simd';
import { setBackend } from '@jogak/ops';
import { UsageError } from '../arguments/usage-error.js';

/** What the flags say of the backend. */
export interface BackendOptions {
  readonly backend?: 'auto' | 'simd' | 'cpu' | undefined;
  readonly threads?: number | undefined;
  readonly deterministic?: boolean | undefined;
}

/** What computes. */
export interface RunningBackend {
  readonly backend: 'simd' | 'cpu';
  readonly threads: number;
}

/**
 * The backend that the flags ask for: `simd` where it can start, `cpu` elsewhere, unless one is named.
 *
 * @throws {UsageError} when it cannot do what they ask
 */
export function chooseBackend({ backend = 'auto', threads, deterministic }: BackendOptions): 'simd' | 'cpu' {
  const isAble = isSimdSupported();
  if (backend === 'simd' && !isAble)
    throw new UsageError('--backend simd: this program has no WebAssembly SIMD, or no shared memory; leave it out, and cpu computes');
  if (backend !== 'cpu' && isAble) return 'simd';
  if (threads !== undefined && threads > 1)
    throw new UsageError(`--threads ${threads}: the backend cpu computes on one thread; take --backend simd, or leave it out`);
  if (deterministic)
    throw new UsageError(
      "--deterministic: the backend cpu uses JavaScript's Math, whose last bits differ between engines; take --backend simd, or leave it out",
    );
  return 'cpu';
}

let running: { readonly asked: string; readonly started: RunningBackend } | undefined;

/**
 * Starts the backend that the flags ask for, with its threads; nothing is done where it runs already.
 *
 * @throws {UsageError} when they, or `JOGAK_THREADS`, ask for threads that there cannot be
 */
export async function startBackend(options: BackendOptions): Promise<RunningBackend> {
  const backend = chooseBackend(options);
  const { threads, deterministic = false } = options;
  const asked = JSON.stringify([backend, threads, deterministic]);
  if (running?.asked === asked) return running.started;
  running = { asked, started: backend === 'cpu' ? await startCpu() : await startSimd(threads, deterministic) };
  return running.started;
}

async function startCpu(): Promise<RunningBackend> {
  await setBackend('cpu');
  return { backend: 'cpu', threads: 1 };
}

async function startSimd(threads: number | undefined, deterministic: boolean): Promise<RunningBackend> {
  try {
    configureSimd({ ...(threads === undefined ? {} : { threads }), deterministic });
    await setBackend('simd');
    return { backend: 'simd', threads: (await ready()).threads };
  } catch (error) {
    if ((error as { code?: unknown }).code === 'SIMD_OPTION')
      throw new UsageError((error as Error).message.replace(/^threads /, '--threads '));
    throw error;
  }
}

/** `backend simd on 2 threads`, `backend cpu`. */
export const backendText = ({ backend, threads }: { readonly backend: string; readonly threads: number }): string =>
  backend === 'cpu' ? 'backend cpu' : `backend ${backend} on ${threads} thread${threads === 1 ? '' : 's'}`;
