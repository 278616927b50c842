import { floatAt, intAt, pointerAt } from '../job';
import { DROPOUT, draw } from './threefry';

/**
 * y[i] = x[i] times `keep` where the i-th random word is above `threshold`, else times 0. Arguments: x, or 0 for ones; y; elements;
 * elements in a chunk (a multiple of 16); the two words of the key; threshold; keep. y may be x.
 *
 * The last vectors run over the end of the tensors: their blocks go on to a multiple of 64 bytes.
 */
export function dropoutF32(job: usize, chunk: i32, thread: i32): void {
  const begin = chunk * intAt(job, 3);
  const end = min(begin + intAt(job, 3), intAt(job, 2));
  draw(DROPOUT, pointerAt(job, 0), pointerAt(job, 1), begin, end, intAt(job, 4), intAt(job, 5), intAt(job, 6), floatAt(job, 7));
}
