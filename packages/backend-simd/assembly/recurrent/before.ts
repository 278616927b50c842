import { intAt, pointerAt } from '../job';

/**
 * The state before each step, at the time of that step, of a row of the batch: `[B, T, U]`. Arguments: sequence, initial state, to, steps, units,
 * goBackwards.
 */
export function recurrentBeforeF32(job: usize, chunk: i32, thread: i32): void {
  const steps = intAt(job, 3);
  const bytes = <usize>intAt(job, 4) << 2;
  const isBackwards = intAt(job, 5) != 0;
  let from = pointerAt(job, 1) + <usize>chunk * bytes;
  for (let step = 0; step < steps; step++) {
    const time = isBackwards ? steps - 1 - step : step;
    memory.copy(pointerAt(job, 2) + <usize>(chunk * steps + time) * bytes, from, bytes);
    from = pointerAt(job, 0) + <usize>(chunk * steps + step) * bytes;
  }
}
