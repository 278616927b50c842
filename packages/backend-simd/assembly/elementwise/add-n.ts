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
  for (let i = begin; i < end; i += 64) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    for (let n = 0; n < count; n++) {
      const x = pointerAt(job, 4 + n) + i;
      s0 = f32x4.add(s0, v128.load(x));
      s1 = f32x4.add(s1, v128.load(x, 16));
      s2 = f32x4.add(s2, v128.load(x, 32));
      s3 = f32x4.add(s3, v128.load(x, 48));
    }
    v128.store(y + i, s0);
    v128.store(y + i, s1, 16);
    v128.store(y + i, s2, 32);
    v128.store(y + i, s3, 48);
  }
}
