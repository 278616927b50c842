import { intAt, pointerAt } from '../job';

/** Elements in a chunk. */
const CHUNK: i32 = 16384;

/** sum[i] = a[i] + b[i], float32. Arguments: a, b, sum, length. `sum` may be `a` or `b`. */
export function addF32(job: usize, chunk: i32, thread: i32): void {
  const begin = chunk * CHUNK;
  const end = min(begin + CHUNK, intAt(job, 3));
  let a = pointerAt(job, 0) + (<usize>begin << 2);
  let b = pointerAt(job, 1) + (<usize>begin << 2);
  let sum = pointerAt(job, 2) + (<usize>begin << 2);
  let i = begin;
  for (; i <= end - 4; i += 4) {
    v128.store(sum, f32x4.add(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
    sum += 16;
  }
  for (; i < end; i++) {
    store<f32>(sum, load<f32>(a) + load<f32>(b));
    a += 4;
    b += 4;
    sum += 4;
  }
}
