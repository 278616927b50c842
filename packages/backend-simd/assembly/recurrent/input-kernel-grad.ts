import { intAt, pointerAt } from '../job';
import { addOuter } from './product';

/** Rows whose numbers are in the first-level cache together, at 32 columns each. */
const BLOCK: i32 = 128;

/**
 * xᵀ · dProjection of a chunk's rows, `[features, columns]`, into the chunk's own part of the result. Arguments: x, dProjection, rows, features,
 * columns, to, rows of a chunk.
 */
export function recurrentOuterF32(job: usize, chunk: i32, thread: i32): void {
  const features = intAt(job, 3);
  const columns = intAt(job, 4);
  const first = chunk * intAt(job, 6);
  const end = min(first + intAt(job, 6), intAt(job, 2));
  const bytes = <usize>(features * columns) << 2;
  const to = pointerAt(job, 5) + <usize>chunk * bytes;
  const xBytes = <usize>features << 2;
  const rowBytes = <usize>columns << 2;
  memory.fill(to, 0, bytes);
  for (let row = first; row < end; row += BLOCK) {
    const x = pointerAt(job, 0) + <usize>row * xBytes;
    const d = pointerAt(job, 1) + <usize>row * rowBytes;
    addOuter(thread, to, rowBytes, x, xBytes, features, d, rowBytes, columns, min(BLOCK, end - row));
  }
}
