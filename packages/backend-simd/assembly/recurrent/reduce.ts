import { intAt, pointerAt } from '../job';
import { addRows } from './rows';

/** Elements in a chunk. */
const CHUNK: i32 = 8192;

/** to = the sum of `count` rows of `length` numbers, in their order. Arguments: from, count, length, to, numbers from row to row. */
export function recurrentSumF32(job: usize, chunk: i32, thread: i32): void {
  const first = chunk * CHUNK;
  const length = min(CHUNK, intAt(job, 2) - first);
  const offset = <usize>first << 2;
  const to = pointerAt(job, 3) + offset;
  memory.fill(to, 0, <usize>length << 2);
  addRows(to, pointerAt(job, 0) + offset, <usize>intAt(job, 4) << 2, length, intAt(job, 1));
}
