import { ready, setBackend } from '@jogak/ops';
import { CannotError } from './serve.js';

/**
 * Makes a backend the one that computes. `simd` is loaded only where it is asked for.
 *
 * @param threads of `simd`; null for as many as it takes by itself
 * @throws {CannotError} when the engine cannot run `simd`
 */
export async function useBackend(backend: 'cpu' | 'simd', threads: number | null): Promise<void> {
  if (backend === 'simd') {
    const simd = await import('@jogak/backend-simd');
    if (!simd.isSimdSupported()) throw new CannotError('this engine has no 128-bit SIMD');
    if (threads !== null) simd.configureSimd({ threads });
    await simd.ready();
  }
  await setBackend(backend);
  await ready();
}
