import { intAt, pointerAt } from '../job';

/**
 * y = the sum of several float32 tensors of one shape, in their order. Arguments: y, elements, elements in a chunk (a multiple of 16), how
 * many tensors, and these. The last vectors run over the end of the tensors: their blocks go on to a multiple of 64 bytes.
 */
export function addNF32(job: usize, chunk: i32, thread: i32): void {
  const y = pointerAt(job, 0);
  const begin = <usize>(chunk * intAt(job, 2)) << 2;
  const end = min(begin + (<usize>intAt(job, 2) << 2), <usize>intAt(job, 1) << 2);
  const count = intAt(job, 3);
  // Tensor after tensor, as the chunk of y stays in the nearest cache.
  for (let n = 0; n < count; n++) {
    const x = pointerAt(job, 4 + n);
    for (let i = begin; i < end; i += 32) {
      let first = v128.load(x + i);
      let second = v128.load(x + i, 16);
      if (n > 0) {
        first = f32x4.add(v128.load(y + i), first);
        second = f32x4.add(v128.load(y + i, 16), second);
      }
      v128.store(y + i, first);
      v128.store(y + i, second, 16);
    }
  }
}
