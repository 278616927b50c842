import { intAt, pointerAt } from '../job';

// dx = dy · f′, from the value y = f(x) of an activation. Arguments: dy, y, dx, elements, elements in a chunk (a multiple of 16). The
// last vectors run over the end of the tensors: their blocks go on to a multiple of 64 bytes.

/** f = relu: dy where y > 0, else 0; NaN where y is NaN. */
export function reluGradF32(job: usize, chunk: i32, thread: i32): void {
  const dy = pointerAt(job, 0) - pointerAt(job, 1);
  const dx = pointerAt(job, 2) - pointerAt(job, 1);
  const begin = chunk * intAt(job, 4);
  const end = min(begin + intAt(job, 4), intAt(job, 3));
  const stop = pointerAt(job, 1) + (<usize>end << 2);
  for (let y = pointerAt(job, 1) + (<usize>begin << 2); y < stop; y += 16) {
    const value = v128.load(y);
    const passed = v128.and(v128.load(y + dy), f32x4.gt(value, f32x4.splat(0)));
    v128.store(y + dx, v128.bitselect(passed, value, f32x4.eq(value, value)));
  }
}

/** f = sigmoid: dy · y · (1 − y). */
export function sigmoidGradF32(job: usize, chunk: i32, thread: i32): void {
  const dy = pointerAt(job, 0) - pointerAt(job, 1);
  const dx = pointerAt(job, 2) - pointerAt(job, 1);
  const begin = chunk * intAt(job, 4);
  const end = min(begin + intAt(job, 4), intAt(job, 3));
  const stop = pointerAt(job, 1) + (<usize>end << 2);
  for (let y = pointerAt(job, 1) + (<usize>begin << 2); y < stop; y += 16) {
    const value = v128.load(y);
    v128.store(y + dx, f32x4.mul(f32x4.mul(v128.load(y + dy), value), f32x4.sub(f32x4.splat(1), value)));
  }
}
