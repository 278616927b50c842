import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../backend.js';

/**
 * Has `run` put a kernel into the queue that goes by ids. Those that are known are tested before; others the kernel tests itself, and is
 * waited for: it sets the word at the address that `run` is given, 0 where there is no need.
 *
 * @returns whether all ids are good; where they are known not to be, nothing has run
 */
export function runChecked(
  backend: SimdBackend,
  ids: TensorInfo,
  areGood: (numbers: Int32Array) => boolean,
  run: (wrong: number) => void,
): boolean {
  const known = backend.holds(ids, areGood);
  if (known === false) return false;
  const wrong = known ? 0 : backend.scratchOf(new Int32Array(1));
  run(wrong);
  if (wrong === 0) return true;
  const isWrong = backend.ints(wrong, 1)[0] !== 0;
  backend.releaseScratch(wrong);
  return !isWrong;
}
