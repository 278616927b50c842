import { intAt, pointerAt } from '../job';

/** Writes every number `times` times. Arguments: from, to, numbers, times, numbers in a chunk. */
export function repeatF32(job: usize, chunk: i32, thread: i32): void {
  const times = intAt(job, 3);
  const begin = chunk * intAt(job, 4);
  const end = min(begin + intAt(job, 4), intAt(job, 2));
  let to = pointerAt(job, 1) + (<usize>(begin * times) << 2);
  for (let i = begin; i < end; i++) {
    const value = load<f32>(pointerAt(job, 0) + (<usize>i << 2));
    for (let j = 0; j < times; j++) {
      store<f32>(to, value);
      to += 4;
    }
  }
}

/**
 * Adds up every `count` numbers that lie `step` apart: result i of the sums from (i / step) · step · count + i mod step on. Step 1 adds up
 * neighbours, step = length rows. Arguments: from, to, results, count, step, results in a chunk.
 */
export function sumStridedF32(job: usize, chunk: i32, thread: i32): void {
  const count = intAt(job, 3);
  const step = intAt(job, 4);
  const begin = chunk * intAt(job, 5);
  const end = min(begin + intAt(job, 5), intAt(job, 2));
  for (let i = begin; i < end; i++) {
    let from = pointerAt(job, 0) + (<usize>((i / step) * step * count + (i % step)) << 2);
    let sum: f32 = 0;
    for (let j = 0; j < count; j++) {
      sum += load<f32>(from);
      from += <usize>step << 2;
    }
    store<f32>(pointerAt(job, 1) + (<usize>i << 2), sum);
  }
}
