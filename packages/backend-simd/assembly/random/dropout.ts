import { floatAt, intAt, pointerAt } from '../job';

/** Every word rotated left by `bits`, a constant. */
// @ts-ignore: decorator
@inline
function rotated(x: v128, bits: i32): v128 {
  if (bits == 16) return i8x16.shuffle(x, x, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
  if (bits == 24) return i8x16.shuffle(x, x, 1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12);
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}

/** Eight elements of y, of the words that four counters gave. */
// @ts-ignore: decorator
@inline
function put(y: usize, x: usize, source: usize, a: v128, b: v128, threshold: v128, keep: v128): void {
  const first = v128.and(i32x4.gt_u(v128.shuffle<i32>(a, b, 0, 4, 1, 5), threshold), keep);
  const second = v128.and(i32x4.gt_u(v128.shuffle<i32>(a, b, 2, 6, 3, 7), threshold), keep);
  v128.store(y, source ? f32x4.mul(v128.load(x), first) : first);
  v128.store(y, source ? f32x4.mul(v128.load(x, 16), second) : second, 16);
}

/**
 * y[i] = x[i] times `keep` where the i-th random word is above `threshold`, else times 0. Arguments: x, or 0 for ones; y; elements;
 * elements in a chunk (a multiple of 16); the two words of the key; threshold; keep. y may be x.
 *
 * The words are those of Threefry-2×32 with 20 rounds, two to a counter, of four counters at once. As it has only additions, rotations and
 * exclusive-ors, they are the same to the bit everywhere. The last vectors run over the end of the tensors: their blocks go on to a
 * multiple of 64 bytes.
 */
export function dropoutF32(job: usize, chunk: i32, thread: i32): void {
  const begin = chunk * intAt(job, 3);
  const end = min(begin + intAt(job, 3), intAt(job, 2));
  const source = pointerAt(job, 0);
  let x = source + (<usize>begin << 2);
  let y = pointerAt(job, 1) + (<usize>begin << 2);
  const k0 = i32x4.splat(intAt(job, 4));
  const k1 = i32x4.splat(intAt(job, 5));
  const k2 = v128.xor(v128.xor(k0, k1), i32x4.splat(0x1bd11bda));
  const k2Plus1 = i32x4.add(k2, i32x4.splat(1));
  const k0Plus2 = i32x4.add(k0, i32x4.splat(2));
  const k1Plus3 = i32x4.add(k1, i32x4.splat(3));
  const k2Plus4 = i32x4.add(k2, i32x4.splat(4));
  const k0Plus5 = i32x4.add(k0, i32x4.splat(5));
  const threshold = i32x4.splat(intAt(job, 6));
  const keep = f32x4.splat(floatAt(job, 7));
  let counters = i32x4.add(i32x4.add(i32x4.splat(begin >> 1), i32x4(0, 1, 2, 3)), k0);
  const four = i32x4.splat(4);
  for (let i = begin; i < end; i += 8) {
    let a = i32x4.add(counters, k1);
    let b = v128.xor(rotated(k1, 13), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 15), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 26), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 6), a);
    a = i32x4.add(a, k1);
    b = i32x4.add(b, k2Plus1);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 17), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 29), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 16), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 24), a);
    a = i32x4.add(a, k2);
    b = i32x4.add(b, k0Plus2);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 13), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 15), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 26), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 6), a);
    a = i32x4.add(a, k0);
    b = i32x4.add(b, k1Plus3);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 17), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 29), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 16), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 24), a);
    a = i32x4.add(a, k1);
    b = i32x4.add(b, k2Plus4);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 13), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 15), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 26), a);
    a = i32x4.add(a, b);
    b = v128.xor(rotated(b, 6), a);
    a = i32x4.add(a, k2);
    b = i32x4.add(b, k0Plus5);
    put(y, x, source, a, b, threshold, keep);
    counters = i32x4.add(counters, four);
    x += 32;
    y += 32;
  }
}
