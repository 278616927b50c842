import { floatAt, intAt, pointerAt } from '../job';
import { multiplyAdd } from '../vector';
import { finish } from './finish';
import { loadLanes, storeLanes } from './lanes';

// Products of a matrix and a vector, which are bound by how fast the matrix comes from memory: it is read once, in order.
//
// Arguments of both: 0 vector, 1 matrix, 2 result, 3 length of the result, 4 depth, 5 bytes from one value of the vector to the next,
// 6 bytes from one row of the matrix to the next, 7 results in a chunk, 8 what sums begin at (0: at zero), 9 bytes from one of those to
// the next (0 or 4), 10 activation, 11 its slope. Results are neighbours in memory.

/** Results that have a sum each in registers at once: 32 hide the latency of multiply-add. */
const WIDE: i32 = 32;

/** result[j] = Σₖ vector[k] · matrix[k][j], summed in the order of k. */
export function vectorMatrixF32(job: usize, chunk: i32, thread: i32): void {
  const begin = chunk * intAt(job, 7);
  const end = min(intAt(job, 3), begin + intAt(job, 7));
  const depth = intAt(job, 4);
  const x = pointerAt(job, 0);
  const step = <usize>intAt(job, 5);
  const row = <usize>intAt(job, 6);
  const initial = pointerAt(job, 8);
  const result = pointerAt(job, 2);
  let j = begin;
  for (; j + WIDE <= end; j += WIDE) {
    const to = result + (<usize>j << 2);
    let c0 = initialSums(job, initial, j, 4);
    let c1 = initialSums(job, initial, j + 4, 4);
    let c2 = initialSums(job, initial, j + 8, 4);
    let c3 = initialSums(job, initial, j + 12, 4);
    let c4 = initialSums(job, initial, j + 16, 4);
    let c5 = initialSums(job, initial, j + 20, 4);
    let c6 = initialSums(job, initial, j + 24, 4);
    let c7 = initialSums(job, initial, j + 28, 4);
    let from = x;
    let m = pointerAt(job, 1) + (<usize>j << 2);
    for (let k = depth; k > 0; k--) {
      const value = v128.load32_splat(from);
      c0 = multiplyAdd(value, v128.load(m), c0);
      c1 = multiplyAdd(value, v128.load(m, 16), c1);
      c2 = multiplyAdd(value, v128.load(m, 32), c2);
      c3 = multiplyAdd(value, v128.load(m, 48), c3);
      c4 = multiplyAdd(value, v128.load(m, 64), c4);
      c5 = multiplyAdd(value, v128.load(m, 80), c5);
      c6 = multiplyAdd(value, v128.load(m, 96), c6);
      c7 = multiplyAdd(value, v128.load(m, 112), c7);
      from += step;
      m += row;
    }
    v128.store(to, c0);
    v128.store(to, c1, 16);
    v128.store(to, c2, 32);
    v128.store(to, c3, 48);
    v128.store(to, c4, 64);
    v128.store(to, c5, 80);
    v128.store(to, c6, 96);
    v128.store(to, c7, 112);
  }
  for (; j < end; j += 4) {
    const lanes = min(4, end - j);
    let sum = initialSums(job, initial, j, lanes);
    let from = x;
    let m = pointerAt(job, 1) + (<usize>j << 2);
    for (let k = depth; k > 0; k--) {
      sum = multiplyAdd(v128.load32_splat(from), loadLanes(m, lanes), sum);
      from += step;
      m += row;
    }
    storeLanes(result + (<usize>j << 2), sum, lanes);
  }
  activate(job, begin, end);
}

/** result[i] = Σₖ matrix[i][k] · vector[k], of a vector whose values are neighbours. Each sum is taken in eight parts, of every eighth k. */
export function matrixVectorF32(job: usize, chunk: i32, thread: i32): void {
  const begin = chunk * intAt(job, 7);
  const end = min(intAt(job, 3), begin + intAt(job, 7));
  const depth = intAt(job, 4);
  const x = pointerAt(job, 0);
  const row = <usize>intAt(job, 6);
  const initial = pointerAt(job, 8);
  const whole = <usize>(depth & ~7) << 2;
  for (let i = begin; i < end; i += 4) {
    // Rows that are not there are stood in for by the last.
    const m0 = pointerAt(job, 1) + <usize>i * row;
    const m1 = m0 + (i + 1 < end ? row : 0);
    const m2 = m1 + (i + 2 < end ? row : 0);
    const m3 = m2 + (i + 3 < end ? row : 0);
    let c00 = f32x4.splat(0);
    let c01 = f32x4.splat(0);
    let c10 = f32x4.splat(0);
    let c11 = f32x4.splat(0);
    let c20 = f32x4.splat(0);
    let c21 = f32x4.splat(0);
    let c30 = f32x4.splat(0);
    let c31 = f32x4.splat(0);
    let k: usize = 0;
    for (; k < whole; k += 32) {
      const x0 = v128.load(x + k);
      const x1 = v128.load(x + k, 16);
      c00 = multiplyAdd(x0, v128.load(m0 + k), c00);
      c01 = multiplyAdd(x1, v128.load(m0 + k, 16), c01);
      c10 = multiplyAdd(x0, v128.load(m1 + k), c10);
      c11 = multiplyAdd(x1, v128.load(m1 + k, 16), c11);
      c20 = multiplyAdd(x0, v128.load(m2 + k), c20);
      c21 = multiplyAdd(x1, v128.load(m2 + k, 16), c21);
      c30 = multiplyAdd(x0, v128.load(m3 + k), c30);
      c31 = multiplyAdd(x1, v128.load(m3 + k, 16), c31);
    }
    for (let left = depth & 7; left > 0; left -= 4) {
      const lanes = min(4, left);
      const x0 = loadLanes(x + k, lanes);
      c00 = multiplyAdd(x0, loadLanes(m0 + k, lanes), c00);
      c10 = multiplyAdd(x0, loadLanes(m1 + k, lanes), c10);
      c20 = multiplyAdd(x0, loadLanes(m2 + k, lanes), c20);
      c30 = multiplyAdd(x0, loadLanes(m3 + k, lanes), c30);
      k += 16;
    }
    const sums = sumsOfLanes(f32x4.add(c00, c01), f32x4.add(c10, c11), f32x4.add(c20, c21), f32x4.add(c30, c31));
    const lanes = min(4, end - i);
    storeLanes(pointerAt(job, 2) + (<usize>i << 2), f32x4.add(sums, initialSums(job, initial, i, lanes)), lanes);
  }
  activate(job, begin, end);
}

/** Lane i is the sum of the lanes of vector i: (0 + 2) + (1 + 3). */
// @ts-ignore: decorator
@inline
function sumsOfLanes(r0: v128, r1: v128, r2: v128, r3: v128): v128 {
  const first = f32x4.add(i32x4.shuffle(r0, r1, 0, 4, 1, 5), i32x4.shuffle(r0, r1, 2, 6, 3, 7));
  const second = f32x4.add(i32x4.shuffle(r2, r3, 0, 4, 1, 5), i32x4.shuffle(r2, r3, 2, 6, 3, 7));
  return f32x4.add(i64x2.shuffle(first, second, 0, 2), i64x2.shuffle(first, second, 1, 3));
}

/** What the sums of results j to j + lanes − 1 begin at. */
function initialSums(job: usize, initial: usize, j: i32, lanes: i32): v128 {
  if (initial == 0) return f32x4.splat(0);
  if (intAt(job, 9) == 0) return v128.load32_splat(initial);
  return loadLanes(initial + (<usize>j << 2), lanes);
}

// @ts-ignore: decorator
@inline
function activate(job: usize, begin: i32, end: i32): void {
  const activation = intAt(job, 10);
  if (activation != 0) finish(activation, floatAt(job, 11), pointerAt(job, 2) + (<usize>begin << 2), 0, 1, end - begin);
}
